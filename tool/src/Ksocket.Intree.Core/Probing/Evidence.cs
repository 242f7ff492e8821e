// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Declarations;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Probing;

/// <summary>One fact about a tree: this header declares that, or does not declare the name at all.</summary>
public sealed record Clue(TreePath Header, Wanted Wanted, bool Present);

/// <summary>One implementation of a feature: a plain C file, and the clues that together select it.</summary>
public sealed record Variant(string Name, ImmutableArray<Clue> Clues);

/// <summary>A point where kernels differ; its variants exclude one another.</summary>
public sealed record Feature(string Name, ImmutableArray<Variant> Variants);

/// <summary>A declaration that the driver uses in every kernel, in each shape that it supports.</summary>
public sealed record Requirement(string Name, ImmutableArray<Clue> Shapes);

/// <summary>The evidence in the driver's sources: what selects a variant, and what the driver requires.</summary>
public sealed record Evidence(ImmutableArray<Feature> Features, ImmutableArray<Requirement> Requirements)
{
    /// <summary>The name of the driver, for messages.</summary>
    public string Owner { get; init; } = "the driver";

    /// <summary>Reads the two data files of a driver's folder evidence/; their first lines describe the format.</summary>
    public static Evidence Parse(string features, string requirements) => new(
        [
            .. from line in Lines(features, columns: 5)
               let clue = new Clue(line[3], Wanted.Parse(line[4]), IsPresent(line[2]))
               group (Variant: line[1], Clue: clue) by line[0] into feature
               select new Feature(feature.Key, [.. from fact in feature
                                                   group fact.Clue by fact.Variant into variant
                                                   select new Variant(variant.Key, [.. variant])]),
        ],
        [
            .. from line in Lines(requirements, columns: 2)
               let clue = new Clue(line[0], Wanted.Parse(line[1]), Present: true)
               group clue by clue.Wanted.Name into requirement
               select new Requirement(requirement.Key, [.. requirement]),
        ]);

    private static IEnumerable<string[]> Lines(string text, int columns) =>
        from line in text.Split('\n')
        let bare = line.Trim()
        where bare.Length > 0 && bare[0] != '#'
        let fields = bare.Split((char[])[' ', '\t'], columns, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        select fields.Length == columns ? fields : throw new FormatException($"evidence line without {columns} columns: {bare}");

    private static bool IsPresent(string word) => word switch
    {
        "present" => true,
        "absent" => false,
        _ => throw new FormatException($"evidence says '{word}', neither present nor absent"),
    };
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Declarations;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Probing;

/// <summary>
/// Decides from a tree's headers alone which variant of each feature it has. There is no default: if no variant fits, two
/// fit, or a declaration has an unknown shape, the tree is refused with file, line and the shapes that are known.
/// </summary>
public sealed class Probe
{
    private readonly KernelTree _tree;
    private readonly Dictionary<TreePath, Header?> _headers = [];

    private Probe(KernelTree tree) => _tree = tree;

    public static FeatureSet Run(KernelTree tree, Evidence evidence)
    {
        var probe = new Probe(tree);
        var requirements = evidence.Requirements.Select(probe.Require).ToImmutableArray();
        return new FeatureSet([.. evidence.Features.Select(probe.Choose)], requirements);
    }

    private Sighting Require(Requirement requirement)
    {
        var sightings = requirement.Shapes
            .DistinctBy(shape => shape.Header)
            .SelectMany(shape => Declarations(shape).Select(declared => new Sighting(shape.Header, declared.Line, declared.Text)))
            .ToImmutableArray();

        if (sightings.IsEmpty)
        {
            throw IntreeFailure.NotUnderstood(
                $"{_tree.Name}: {Headers(requirement)} declares no {requirement.Name}, which ksocket needs",
                $"ksocket works with kernels that have: {Known(requirement)}");
        }

        foreach (var sighting in sightings)
        {
            if (!requirement.Shapes.Any(shape => shape.Header == sighting.Header && shape.Wanted.IsMetBy(new Declared(sighting.Text, 0))))
            {
                throw IntreeFailure.NotUnderstood(
                    $"{_tree.Name}: {sighting.Header}:{sighting.Line}: {requirement.Name} has a shape ksocket does not know: "
                    + sighting.Text,
                    $"the known shapes are: {Known(requirement)}");
            }
        }

        return sightings[0];
    }

    private static string Headers(Requirement requirement) =>
        string.Join(" or ", requirement.Shapes.Select(shape => shape.Header).Distinct());

    private static string Known(Requirement requirement) =>
        string.Join("; ", requirement.Shapes.Select(shape => shape.Wanted.Text).Distinct());

    private ProvenVariant Choose(Feature feature)
    {
        var fitting = feature.Variants.Where(variant => variant.Clues.All(clue => Contradiction(clue) is null)).ToImmutableArray();
        if (fitting is [var only])
        {
            return new ProvenVariant(feature, only, [.. only.Clues.Select(Support)]);
        }

        var why = fitting.IsEmpty
            ? string.Join("; ", feature.Variants.Select(variant => $"not {variant.Name}: {FirstContradiction(variant)}"))
            : $"it fits {string.Join(" and ", fitting.Select(variant => variant.Name))} alike";
        throw IntreeFailure.NotUnderstood(
            $"{_tree.Name}: no known way to do {feature.Name} in this kernel: {why}",
            $"the variants known are {string.Join(", ", feature.Variants.Select(variant => variant.Name))}; "
            + "this tree has none of their forms unmixed");
    }

    private string FirstContradiction(Variant variant) => variant.Clues.Select(Contradiction).First(text => text is not null)!;

    /// <summary>Which declaration, or which missing one, contradicts a clue; null if none does.</summary>
    private string? Contradiction(Clue clue)
    {
        var declarations = Declarations(clue).ToList();
        if (clue.Present)
        {
            return declarations.Count == 0 ? $"{clue.Header} declares no {clue.Wanted.Name}"
                : declarations.Find(declared => !clue.Wanted.IsMetBy(declared)) is { } other ? $"{clue.Header}:{other.Line}: {other.Text}"
                : null;
        }

        return declarations.Count == 0 ? null : $"{clue.Header}:{declarations[0].Line}: {declarations[0].Text}";
    }

    private Sighting Support(Clue clue) => Declarations(clue).FirstOrDefault() is { } declared
        ? new Sighting(clue.Header, declared.Line, declared.Text)
        : new Sighting(clue.Header, null, $"no {clue.Wanted.Name}");

    private IEnumerable<Declared> Declarations(Clue clue)
    {
        if (!_headers.TryGetValue(clue.Header, out var header))
        {
            header = _tree.TryReadThrough(clue.Header) is { } file ? Header.Read(file) : null;
            _headers.Add(clue.Header, header);
        }

        return header is null ? [] : clue.Wanted.In(header);
    }
}

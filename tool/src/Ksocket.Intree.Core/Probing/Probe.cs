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
    /// <summary>The oldest kernel line that has everything the driver needs.</summary>
    private static readonly (int Version, int Patchlevel) Oldest = (5, 10);

    private readonly KernelTree _tree;
    private readonly Dictionary<TreePath, Header?> _headers = [];

    private readonly string _driver;

    private Probe(KernelTree tree, string driver) => (_tree, _driver) = (tree, driver);

    public static FeatureSet Run(KernelTree tree, Evidence evidence)
    {
        var probe = new Probe(tree, evidence.Owner);
        var requirements = evidence.Requirements.Select(probe.Require).ToList();
        var lacking = requirements.Select(found => found.Lack).OfType<Lack>().ToImmutableArray();
        return lacking.IsEmpty
            ? new FeatureSet([.. evidence.Features.Select(probe.Choose)], [.. requirements.Select(found => found.Sighting!)])
            : throw probe.Refusal(lacking, evidence.Requirements.Length);
    }

    /// <summary>A requirement that a tree does not meet: where, what is there instead, and the shapes that the driver knows.</summary>
    /// <param name="IsBrokenLink">The header is a link that leads nowhere, so nothing is known of it.</param>
    private sealed record Lack(string What, string Known, bool IsBrokenLink = false);

    private (Sighting? Sighting, Lack? Lack) Require(Requirement requirement)
    {
        var sightings = requirement.Shapes
            .DistinctBy(shape => shape.Header)
            .SelectMany(shape => Declarations(shape).Select(declared => new Sighting(shape.Header, declared.Line, declared.Text)))
            .ToImmutableArray();

        if (sightings.IsEmpty)
        {
            var unread = requirement.Shapes.Select(shape => Unreadable(shape.Header)).FirstOrDefault(why => why is not null);
            return (null, unread is not null
                ? new Lack(unread, Known(requirement), IsBrokenLink: true)
                : new Lack($"{Headers(requirement)} declares no {requirement.Name}", Known(requirement)));
        }

        foreach (var sighting in sightings)
        {
            if (!requirement.Shapes.Any(shape => shape.Header == sighting.Header && shape.Wanted.IsMetBy(new Declared(sighting.Text, 0))))
            {
                return (null, new Lack(
                    $"{sighting.Header}:{sighting.Line}: {requirement.Name} has a shape {_driver} does not know: {sighting.Text}",
                    Known(requirement)));
            }
        }

        return (sightings[0], null);
    }

    /// <summary>All that is missing at once: whoever backports has one list.</summary>
    private IntreeFailure Refusal(ImmutableArray<Lack> lacking, int needed)
    {
        if (lacking.FirstOrDefault(lack => lack.IsBrokenLink) is { } link)
        {
            return IntreeFailure.NotUnderstood($"{_tree.Name}: {link.What}", $"{_driver} needs that header, for: {link.Known}");
        }

        var gone = _headers.Where(header => header.Value is null).Select(header => header.Key).Order().ToList();
        if (gone.Count > _headers.Count / 2)
        {
            return IntreeFailure.NotUnderstood(
                $"{_tree.Name}: {gone.Count} of the {_headers.Count} headers that {_driver} needs are not there, such as {gone[0]}",
                "the tree is incomplete: unpack it or check it out again, with all of include/");
        }

        if (lacking is [var only])
        {
            return IntreeFailure.NotUnderstood($"{_tree.Name}: {only.What}, and {_driver} needs it", $"the known shapes are: {only.Known}");
        }

        var version = KernelVersion.TryRead(_tree);
        var older = version?.IsBefore(Oldest.Version, Oldest.Patchlevel) == true
            ? $"; kernels from {Oldest.Version}.{Oldest.Patchlevel} on have them"
            : "";
        return new IntreeFailure(
            FailureKind.NotUnderstood,
            $"{_tree.Name}: linux {version?.ToString() ?? "of unknown version"} lacks {lacking.Length} of the {needed} things "
            + $"{_driver} needs{older}",
            "backport these declarations, or take a newer kernel; ksocket-intree probe shows what is found")
        {
            Details = [.. lacking.Select(lack => $"{lack.What}; known: {lack.Known}")],
        };
    }

    /// <summary>Why a header cannot be read, where a link leads nowhere; null if it can, or is only missing.</summary>
    private string? Unreadable(TreePath header) =>
        !_tree.LeadsToFile(header) && _tree.LinkOn(header) is not null && _tree.WhyNotThere(header) is { } why ? why : null;

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

        var clues = feature.Variants.SelectMany(variant => variant.Clues);
        if (clues.Select(clue => Unreadable(clue.Header)).FirstOrDefault(link => link is not null) is { } unread)
        {
            throw IntreeFailure.NotUnderstood(
                $"{_tree.Name}: {unread}",
                $"its declarations decide how {feature.Name} is done; restore the header");
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

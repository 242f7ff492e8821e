// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Probing;

/// <summary>A declaration found in a header, or that the header has none of that name.</summary>
/// <param name="Line">The line, from 1; null if there is no such declaration.</param>
public sealed record Sighting(TreePath Header, int? Line, string Text)
{
    public override string ToString() => Line is null ? $"{Header}: {Text}" : $"{Header}:{Line}: {Text}";
}

/// <summary>The variant a tree was proven to have.</summary>
public sealed record ProvenVariant(Feature Feature, Variant Variant, ImmutableArray<Sighting> Sightings);

/// <summary>The result of a probe: the variant of each feature, and where each requirement is declared.</summary>
public sealed record FeatureSet(ImmutableArray<ProvenVariant> Variants, ImmutableArray<Sighting> Requirements)
{
    public string VariantOf(string feature) => Variants.Single(proven => proven.Feature.Name == feature).Variant.Name;
}

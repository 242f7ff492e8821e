// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Probing;

/// <summary>What a tree was seen to say: a header's line, or that the header says nothing of it.</summary>
/// <param name="Line">The line, from 1; null where the proof is an absence.</param>
public sealed record Sighting(TreePath Header, int? Line, string Text)
{
    public override string ToString() => Line is null ? $"{Header}: {Text}" : $"{Header}:{Line}: {Text}";
}

/// <summary>The variant a tree was proven to have.</summary>
public sealed record ProvenVariant(Feature Feature, Variant Variant, ImmutableArray<Sighting> Sightings);

/// <summary>The probe's answer: a variant for each feature, and where each thing the driver needs was seen.</summary>
public sealed record FeatureSet(ImmutableArray<ProvenVariant> Variants, ImmutableArray<Sighting> Requirements)
{
    public string VariantOf(string feature) => Variants.Single(proven => proven.Feature.Name == feature).Variant.Name;
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Probing;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Series;

/// <summary>One step of a series: why, and which files go from what to what.</summary>
/// <param name="Changes">In the order of their paths.</param>
public sealed record PlannedPatch(Topic Topic, ImmutableArray<FileChange> Changes);

/// <summary>The integration of one tree as a series; after its last patch the bytes are what apply writes.</summary>
public sealed record PlannedSeries(KernelVersion Version, FeatureSet Features, ImmutableArray<PlannedPatch> Patches);

// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Probing;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Series;

/// <summary>One patch of a series: its topic, and the files before and after.</summary>
/// <param name="Changes">Ordered by path.</param>
public sealed record PlannedPatch(Topic Topic, ImmutableArray<FileChange> Changes);

/// <summary>The integration of one tree as a series; after its last patch the files are those that apply writes.</summary>
public sealed record PlannedSeries(
    KernelVersion Version, DriverSource Driver, FeatureSet Features, ImmutableArray<PlannedPatch> Patches)
{
    /// <summary>All drivers of the series, in the order of their patches.</summary>
    public ImmutableArray<DriverSource> Drivers { get; init; } = [Driver];
}

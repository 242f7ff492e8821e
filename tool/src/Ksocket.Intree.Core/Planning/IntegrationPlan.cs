// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Probing;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Planning;

/// <summary>
/// All changes to a tree, computed before anything is written: the same input gives the same plan. The changes are in
/// the order to write them, such that a tree interrupted between two of them still builds.
/// </summary>
/// <param name="Before">The status of the tree now.</param>
/// <param name="Changes">Only what changes; empty if the tree is already as wanted.</param>
public sealed record IntegrationPlan(
    KernelVersion Version,
    FeatureSet Features,
    ImmutableArray<Part> Parts,
    TreeStatus Before,
    ImmutableArray<FileChange> Changes)
{
    public bool IsDone => Changes.IsEmpty;

    /// <summary>What the check of the Kconfig files did not cover; see <see cref="KconfigTree.PassedOver"/>.</summary>
    public ImmutableArray<string> NotRead { get; init; } = [];
}

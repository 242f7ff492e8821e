// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Probing;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Planning;

/// <summary>
/// What is to be done to a tree, whole, before anything is done: the same input gives the same plan. The changes
/// stand in the order to write them, such that a tree cut off between two of them still builds.
/// </summary>
/// <param name="Before">How the tree stands now.</param>
/// <param name="Changes">Only what changes; empty where the tree is already as wanted.</param>
public sealed record IntegrationPlan(
    KernelVersion Version,
    FeatureSet Features,
    ImmutableArray<Part> Parts,
    TreeStatus Before,
    ImmutableArray<FileChange> Changes)
{
    public bool IsDone => Changes.IsEmpty;
}

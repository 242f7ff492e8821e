// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Files;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Proof.Tests;

/// <summary>A copy of a kernel tree with ksocket, for seeded faults.</summary>
public sealed class SeededTree : IDisposable
{
    private FolderTree? _tree;

    /// <summary>Created on demand, so that a test without kernel sources is skipped.</summary>
    public FolderTree Tree => _tree ??= Make();

    public void Dispose()
    {
        if (_tree is not null)
        {
            Directory.Delete(_tree.Root, recursive: true);
        }
    }

    private static FolderTree Make()
    {
        var tree = FolderTree.Open(RealKernels.Copy("6.12", "faults"));
        FolderWriter.Write(tree, Planner.Plan(tree, DriverSource.Bundled, Parts.All).Changes);
        return tree;
    }
}

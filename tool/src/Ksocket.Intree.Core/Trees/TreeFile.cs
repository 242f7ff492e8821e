// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Core.Trees;

/// <summary>A regular file as git knows it: its bytes, and whether it is executable.</summary>
public sealed record TreeFile(ByteString Bytes, bool Executable = false)
{
    /// <summary>The mode that git writes for it (git manual, gitformat-index, "mode").</summary>
    public string Mode => Executable ? "100755" : "100644";

    /// <summary>The same file with other bytes.</summary>
    public TreeFile With(ByteString bytes) => this with { Bytes = bytes };
}

/// <summary>One file before and after a change; null where it does not exist.</summary>
public sealed record FileChange(TreePath Path, TreeFile? Before, TreeFile? After)
{
    /// <summary>The changes that undo these, in the order to apply them.</summary>
    public static ImmutableArray<FileChange> Undo(ImmutableArray<FileChange> changes) =>
        [.. changes.Reverse().Select(change => new FileChange(change.Path, change.After, change.Before))];
}

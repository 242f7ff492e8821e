// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Git;

/// <summary>An entry of a git tree: what it is and which object holds it.</summary>
internal readonly record struct Entry(EntryKind Kind, string Id)
{
    /// <summary>What a mode of a tree entry means (git manual, gitformat-index, "mode").</summary>
    public static EntryKind KindOf(string mode) => mode switch
    {
        "40000" or "040000" => EntryKind.Folder,
        "100644" or "100755" or "100664" => EntryKind.File,
        "120000" => EntryKind.Link,
        _ => EntryKind.Other,
    };
}

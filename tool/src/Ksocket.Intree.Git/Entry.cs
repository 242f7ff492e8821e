// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Git;

/// <summary>An entry of a git tree.</summary>
/// <param name="Mode">In octal, as in the tree object (git manual, gitformat-index, "mode").</param>
/// <param name="Id">The id of its object, in hexadecimal.</param>
internal readonly record struct Entry(string Mode, string Id)
{
    public TreeEntry Tree => Mode switch
    {
        "40000" or "040000" => TreeEntry.Folder,
        "100644" or "100664" => TreeEntry.File,
        "100755" => new TreeEntry(EntryKind.File, Executable: true),
        "120000" => new TreeEntry(EntryKind.Link),
        _ => new TreeEntry(EntryKind.Special),
    };

    public EntryKind Kind => Tree.Kind;

    /// <summary>Whether an entry may have this name: no "." or "..", no '/', no NUL, not empty.</summary>
    public static bool IsName(ByteString name) => TreePath.IsValid(name.Span) && !name.Span.Contains((byte)'/');
}

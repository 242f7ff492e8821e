// SPDX-License-Identifier: GPL-2.0-only
using System.Text;

namespace Ksocket.Intree.Core.Trees;

/// <summary>What stands at a path.</summary>
public enum EntryKind
{
    Missing,
    File,
    Folder,
    Link,

    /// <summary>A device, a socket, a submodule: nothing of ours.</summary>
    Other,
}

/// <summary>
/// A Linux source tree we can read: a folder, a commit, or a test's literal text. The one port through which the
/// domain sees the world; reading never writes.
/// </summary>
public abstract class KernelTree
{
    /// <summary>The tree as its user named it.</summary>
    public abstract string Name { get; }

    public abstract EntryKind KindOf(TreePath path);

    /// <summary>The bytes of a file that is there.</summary>
    public abstract byte[] ReadBytes(TreePath path);

    /// <summary>Every entry below a folder that is not a folder itself, in ordinal order; none if there is no such folder.</summary>
    public abstract IReadOnlyList<TreePath> EntriesBelow(TreePath folder);

    /// <summary>
    /// Told before files are read which they will be, so that a tree that lacks some can name them all at once.
    /// Most trees have what they list.
    /// </summary>
    public virtual void Expect(IEnumerable<TreePath> paths)
    {
    }

    public byte[]? TryReadBytes(TreePath path) => KindOf(path) == EntryKind.File ? ReadBytes(path) : null;

    /// <summary>The file as text that loses no byte: kernel files are UTF-8, and we only look for ASCII in them.</summary>
    public string? TryReadText(TreePath path) => TryReadBytes(path) is { } bytes ? ToText(bytes) : null;

    public static string ToText(byte[] bytes) => Encoding.Latin1.GetString(bytes);

    public static byte[] ToBytes(string text) => Encoding.Latin1.GetBytes(text);

    public override string ToString() => Name;
}

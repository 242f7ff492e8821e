// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Core.Trees;

/// <summary>What stands at a path.</summary>
public enum EntryKind
{
    Missing,

    /// <summary>A regular file; <see cref="TreeEntry.Executable"/> tells whether its owner may execute it.</summary>
    File,
    Folder,

    /// <summary>A symbolic link, wherever it leads.</summary>
    Link,

    /// <summary>A device, a FIFO, a socket; in a commit, a submodule. It is never opened.</summary>
    Special,
}

/// <summary>What stands at a path, and for a regular file its one mode bit that git knows (100755 instead of 100644).</summary>
public readonly record struct TreeEntry(EntryKind Kind, bool Executable = false)
{
    public static TreeEntry Missing => default;

    public static TreeEntry File => new(EntryKind.File);

    public static TreeEntry Folder => new(EntryKind.Folder);
}

/// <summary>
/// A Linux source tree we can read: a folder, a commit, a test's literal text, or one of these with changes. The one
/// port through which the domain sees the world; reading never writes. Every kind of tree keeps this contract, and
/// TreeContractTests runs over all of them:
/// <list type="bullet">
/// <item>Names, contents and link targets are bytes; none is decoded or changed.</item>
/// <item><see cref="EntryAt"/> and <see cref="EntriesBelow"/> follow no link: what lies behind one is missing.</item>
/// <item><see cref="Read"/> takes regular files only. A link, a folder, a special file, a file over
/// <see cref="LongestFile"/> bytes and one that may not be read are each refused by an <see cref="IntreeFailure"/>
/// that names the path. A special file is never opened, so none can block.</item>
/// <item><see cref="TryReadThrough"/> is for what is only read, as headers are: it follows links.</item>
/// </list>
/// </summary>
public abstract class KernelTree
{
    /// <summary>No source file of a kernel comes near this: the largest are generated register lists of 20 MB.</summary>
    public const int LongestFile = 64 << 20;

    /// <summary>The most links on the way to one file, as path_resolution(7) has it.</summary>
    protected const int MostLinks = 40;

    /// <summary>The tree as its user named it.</summary>
    public abstract string Name { get; }

    public abstract TreeEntry EntryAt(TreePath path);

    /// <summary>The bytes of a regular file that is there.</summary>
    public abstract ByteString Read(TreePath path);

    /// <summary>Where a symbolic link that is there leads, as it was written.</summary>
    public abstract ByteString ReadLink(TreePath path);

    /// <summary>Every entry below a folder that is not a folder itself, in the order of their bytes; none if there is no such folder.</summary>
    public abstract IReadOnlyList<TreePath> EntriesBelow(TreePath folder);

    /// <summary>
    /// Called before files are read with those that will be, so that a tree that lacks some can name them all at once.
    /// Most trees have what they list.
    /// </summary>
    public virtual void Expect(IEnumerable<TreePath> paths)
    {
    }

    public EntryKind KindOf(TreePath path) => EntryAt(path).Kind;

    /// <summary>The bytes of a regular file; null where there is something else, or nothing.</summary>
    public ByteString? TryRead(TreePath path) => KindOf(path) == EntryKind.File ? Read(path) : null;

    /// <summary>A regular file with its mode; null where there is something else, or nothing.</summary>
    public TreeFile? TryReadFile(TreePath path) => EntryAt(path) is { Kind: EntryKind.File } entry ? new TreeFile(Read(path), entry.Executable) : null;

    /// <summary>The bytes of the regular file that a path leads to, links on the way followed; null where it leads to none.</summary>
    public virtual ByteString? TryReadThrough(TreePath path) => Follow(path) is { } real ? TryRead(real) : null;

    public override string ToString() => Name;

    protected IntreeFailure NotAFile(TreePath path, EntryKind kind) => IntreeFailure.NotUnderstood(
        $"{Name}: {path} is {Describe(kind)}, where a regular file is expected",
        "put the file that the kernel has there in its place");

    protected IntreeFailure TooLong(TreePath path, long length) => IntreeFailure.NotUnderstood(
        $"{Name}: {path} has {length} bytes; ksocket-intree reads no file over {LongestFile}",
        "no source file of a kernel is that long; move it out of the tree");

    /// <summary>The path that another leads to through links inside the tree; null where one leaves it or there are too many.</summary>
    private TreePath? Follow(TreePath path)
    {
        var (real, left) = (path, MostLinks);
        while (LinkOn(real) is { } link)
        {
            var target = ReadLink(link);
            if (left-- == 0 || Join(link.Folder, target, real.Bytes.Slice(link.Bytes.Length)) is not { } next)
            {
                return null;
            }

            real = next;
        }

        return real;
    }

    private TreePath? LinkOn(TreePath path)
    {
        foreach (var step in path.Folders.Append(path))
        {
            if (KindOf(step) == EntryKind.Link)
            {
                return step;
            }
        }

        return null;
    }

    /// <summary>A relative target seen from a folder, and what of the path comes after the link.</summary>
    private static TreePath? Join(TreePath folder, ByteString target, ByteString rest)
    {
        if (target.StartsWith("/"u8))
        {
            return null;
        }

        var names = new List<ByteString>();
        foreach (var whole in (ByteString[])[folder.Bytes, target, rest])
        {
            foreach (var part in whole.Span.Split((byte)'/'))
            {
                var name = ByteString.Of(whole.Span[part]);
                if (name.Equals(".."u8))
                {
                    if (names.Count == 0)
                    {
                        return null;
                    }

                    names.RemoveAt(names.Count - 1);
                }
                else if (!name.IsEmpty && !name.Equals("."u8))
                {
                    names.Add(name);
                }
            }
        }

        return names.Count == 0 ? default(TreePath?) : names.Aggregate(TreePath.Top, (path, name) => path / name);
    }

    private static string Describe(EntryKind kind) => kind switch
    {
        EntryKind.Folder => "a folder",
        EntryKind.Link => "a symbolic link",
        EntryKind.Special => "a special file (FIFO, socket, device or submodule)",
        _ => "missing",
    };
}

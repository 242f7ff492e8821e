// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Core.Trees;

/// <summary>The kind of entry at a path.</summary>
public enum EntryKind
{
    Missing,

    /// <summary>A regular file; <see cref="TreeEntry.Executable"/> is whether its owner may execute it.</summary>
    File,
    Folder,

    /// <summary>A symbolic link, whatever its target.</summary>
    Link,

    /// <summary>A device, FIFO or socket; in a commit, a submodule. Never opened.</summary>
    Special,
}

/// <summary>The entry at a path, and for a regular file the one mode bit that git records (100755 or 100644).</summary>
public readonly record struct TreeEntry(EntryKind Kind, bool Executable = false)
{
    public static TreeEntry Missing => default;

    public static TreeEntry File => new(EntryKind.File);

    public static TreeEntry Folder => new(EntryKind.Folder);
}

/// <summary>
/// A Linux source tree that can be read: a folder, a commit, literal text in a test, or one of these with changes. The
/// domain reads trees only through this class; reading never writes. Every kind of tree keeps this contract, and
/// TreeContractTests checks all of them:
/// <list type="bullet">
/// <item>Names, contents and link targets are bytes; none is decoded or changed.</item>
/// <item><see cref="EntryAt"/> and <see cref="EntriesBelow"/> follow no link: what is behind one is missing.</item>
/// <item><see cref="Read"/> reads regular files only. A link, a folder, a special file, a file over
/// <see cref="LongestFile"/> bytes and an unreadable file are each refused with an <see cref="IntreeFailure"/>
/// that names the path. A special file is never opened, so reading cannot block.</item>
/// <item><see cref="TryReadThrough"/> and <see cref="LeadsToFile"/> are for files that are never written, such as headers:
/// they follow links, in a folder wherever they lead, as the compiler does, in a commit within the repository.</item>
/// </list>
/// </summary>
public abstract class KernelTree
{
    /// <summary>Far above any kernel source file: the largest are generated register lists of 20 MB.</summary>
    public const int LongestFile = 64 << 20;

    /// <summary>The maximum number of links followed to one file, as in path_resolution(7).</summary>
    protected const int MostLinks = 40;

    /// <summary>The tree's name as the user gave it.</summary>
    public abstract string Name { get; }

    public abstract TreeEntry EntryAt(TreePath path);

    /// <summary>The bytes of an existing regular file.</summary>
    public abstract ByteString Read(TreePath path);

    /// <summary>The target of an existing symbolic link, unresolved.</summary>
    public abstract ByteString ReadLink(TreePath path);

    /// <summary>
    /// Every entry below a folder that is not itself a folder, in byte order; empty if there is no such folder.
    /// </summary>
    public abstract IReadOnlyList<TreePath> EntriesBelow(TreePath folder);

    /// <summary>The names in a folder, in byte order; empty if there is no such folder. Links are not followed.</summary>
    public abstract IReadOnlyList<ByteString> NamesIn(TreePath folder);

    /// <summary>
    /// Called with the files that are about to be read, so that a tree that lacks some can report all of them at once.
    /// Most trees have every file they list.
    /// </summary>
    public virtual void Expect(IEnumerable<TreePath> paths)
    {
    }

    /// <summary>How a user names the tree that begins in a folder of this one.</summary>
    public virtual string NameOf(TreePath folder) => $"{Name.TrimEnd('/')}/{folder}";

    public EntryKind KindOf(TreePath path) => EntryAt(path).Kind;

    /// <summary>The bytes of a regular file; null where there is something else, or nothing.</summary>
    public ByteString? TryRead(TreePath path) => KindOf(path) == EntryKind.File ? Read(path) : null;

    /// <summary>A regular file with its mode; null where there is something else, or nothing.</summary>
    public TreeFile? TryReadFile(TreePath path) =>
        EntryAt(path) is { Kind: EntryKind.File } entry ? new TreeFile(Read(path), entry.Executable) : null;

    /// <summary>The bytes of the regular file that a path leads to, links followed; null if it leads to none.</summary>
    public virtual ByteString? TryReadThrough(TreePath path) => Follow(path) is { } real ? TryRead(real) : null;

    /// <summary>The same for one of thousands of files: a tree that keeps what it reads does not keep this.</summary>
    public virtual ByteString? Peek(TreePath path) => TryReadThrough(path);

    /// <summary>
    /// Hands each of many files to a function, links followed, several at a time where the tree can: the function is then
    /// called from several threads. It gets null where a path leads to no file, and bytes that are valid during the call:
    /// nothing is kept. The results are in the order of the paths.
    /// </summary>
    public virtual IReadOnlyList<T> ReadEach<T>(IReadOnlyList<TreePath> paths, Func<TreePath, ByteString?, T> look) =>
        [.. paths.Select(path => look(path, Peek(path)))];

    /// <summary>Whether a path leads to a regular file, links followed.</summary>
    public virtual bool LeadsToFile(TreePath path) => Follow(path) is { } real && KindOf(real) == EntryKind.File;

    /// <summary>Why a path leads to no file, where that is more than its absence: a link on the way, or an empty folder.</summary>
    public string? WhyNotThere(TreePath path)
    {
        if (LinkOn(path) is { } link)
        {
            var target = ReadLink(link);
            var isThere = TreePath.Resolve(link.Folder, target) is { } inside && KindOf(inside) != EntryKind.Missing;
            return $"{link} is a link to {target}, which {(isThere ? "leads to no file" : "is not there")}";
        }

        foreach (var folder in path.Folders)
        {
            if (KindOf(folder) is EntryKind.Special)
            {
                return $"{folder} is a submodule or a special file";
            }

            if (KindOf(folder) is EntryKind.Folder && NamesIn(folder).Count == 0)
            {
                return $"{folder} is empty";
            }
        }

        return null;
    }

    public override string ToString() => Name;

    protected IntreeFailure NotAFile(TreePath path, EntryKind kind) => IntreeFailure.NotUnderstood(
        $"{Name}: {path} is {Describe(kind)}, but a regular file is expected",
        "restore the kernel's own file there");

    protected IntreeFailure TooLong(TreePath path, long length) => IntreeFailure.NotUnderstood(
        $"{Name}: {path} has {length} bytes; ksocket-intree reads no file over {LongestFile}",
        "no source file of a kernel is that long; move it out of the tree");

    /// <summary>A path with its links resolved inside the tree; null if a link leaves the tree or there are too many.</summary>
    private TreePath? Follow(TreePath path)
    {
        var (real, left) = (path, MostLinks);
        while (LinkOn(real) is { } link)
        {
            var target = ReadLink(link);
            var rest = ByteString.Concat(target, real.Bytes.Slice(link.Bytes.Length));
            if (left-- == 0 || TreePath.Resolve(link.Folder, rest) is not { } next)
            {
                return null;
            }

            real = next;
        }

        return real;
    }

    /// <summary>The first symbolic link on a path, itself included; null if there is none.</summary>
    public TreePath? LinkOn(TreePath path)
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

    private static string Describe(EntryKind kind) => kind switch
    {
        EntryKind.Folder => "a folder",
        EntryKind.Link => "a symbolic link",
        EntryKind.Special => "a special file (FIFO, socket, device or submodule)",
        _ => "missing",
    };
}

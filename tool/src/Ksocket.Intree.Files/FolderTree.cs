// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Files;

/// <summary>
/// A kernel tree in a folder: an unpacked tarball or a git worktree. Each folder is opened once, from the one above it.
/// </summary>
public sealed class FolderTree : KernelTree, IDisposable
{
    private readonly Dictionary<TreePath, OpenFolder> _folders = [];

    private FolderTree(string name, string root) => (Name, Root) = (name, root);

    public override string Name { get; }

    /// <summary>The absolute path of the tree's top.</summary>
    public string Root { get; }

    /// <summary>Opens a folder, or refuses one that is not the top of a kernel tree.</summary>
    public static FolderTree Open(string name)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(name));
        if (File.Exists(root))
        {
            throw IntreeFailure.NotUnderstood($"{name} is a file, not a kernel tree", "unpack it, and name the resulting folder");
        }

        if (!Directory.Exists(root))
        {
            throw IntreeFailure.NotUnderstood(
                $"there is no folder {name}",
                "name the top folder of a kernel tree, as /usr/src/linux-6.12, or a commit, as linux.git@v6.12");
        }

        // A tree is often named by a link such as /usr/src/linux; its target is what is copied or written.
        root = new DirectoryInfo(root).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? root;
        var tree = new FolderTree(name, root);
        return IsTop(tree) || Above(root) is not { } top
            ? tree
            : throw IntreeFailure.NotUnderstood($"{name} is a folder inside a kernel tree, not its top", $"the top is {top}");
    }

    /// <summary>Opens a folder that is not a kernel tree, such as that of a driver.</summary>
    public static FolderTree OpenAny(string name)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(name));
        return new(name, new DirectoryInfo(root).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? root);
    }

    /// <summary>The path of an entry as text, for other programs; names that are not UTF-8 cannot be passed.</summary>
    public string PathOf(TreePath path) => Path.Combine(Root, path.ToString());

    public override TreeEntry EntryAt(TreePath path) => Try(path, () =>
    {
        if (path == TreePath.Top)
        {
            return TreeEntry.Folder;
        }

        return Folder(path.Folder)?.Look(path.Name) is { } status ? EntryOf(status) : TreeEntry.Missing;
    });

    public override ByteString Read(TreePath path) => Try(path, () =>
    {
        var folder = Folder(path.Folder);
        return folder?.Look(path.Name) is { IsRegular: true } status
            ? ReadAll(path, folder, path.Name, status)
            : throw NotAFile(path, KindOf(path));
    });

    public override ByteString? TryReadThrough(TreePath path) => Try(path, () => ReadThrough(Folder(TreePath.Top)!, path));

    public override IReadOnlyList<T> ReadEach<T>(IReadOnlyList<TreePath> paths, Func<TreePath, ByteString?, T> look)
    {
        var top = Try(TreePath.Top, () => Folder(TreePath.Top)!);
        return ManyFiles.Each(paths, (path, buffer) => look(path, ReadThrough(top, path, buffer)));
    }

    public override bool LeadsToFile(TreePath path) => Try(
        path,
        () => Folder(TreePath.Top)!.Look(path.Bytes, follow: true) is { IsRegular: true });

    public override IReadOnlyList<ByteString> NamesIn(TreePath folder) => Try<IReadOnlyList<ByteString>>(
        folder,
        () => [.. (Folder(folder)?.Names() ?? []).Order()]);

    public override ByteString ReadLink(TreePath path) => Try(
        path,
        () => Folder(path.Folder)?.ReadLink(path.Name) ?? throw NotAFile(path, EntryKind.Missing));

    public override IReadOnlyList<TreePath> EntriesBelow(TreePath folder)
    {
        var entries = new List<TreePath>();
        Try(folder, () =>
        {
            Collect(folder, Folder(folder), entries);
            return true;
        });
        entries.Sort();
        return entries;
    }

    /// <summary>Closes the folders; they are reopened on demand.</summary>
    public void Dispose()
    {
        foreach (var folder in _folders.Values)
        {
            folder.Dispose();
        }

        _folders.Clear();
    }

    /// <summary>A folder of the tree, opened once; null if it does not exist or is behind a link.</summary>
    internal OpenFolder? Folder(TreePath path)
    {
        if (!_folders.TryGetValue(path, out var folder))
        {
            folder = path == TreePath.Top ? OpenFolder.Open(Root) : Folder(path.Folder)?.TryOpen(path.Name);
            if (folder is not null)
            {
                _folders.Add(path, folder);
            }
        }

        return folder;
    }

    /// <summary>Called for a deleted folder, so that one of the same name is opened again.</summary>
    internal void Forget(TreePath folder)
    {
        if (_folders.Remove(folder, out var open))
        {
            open.Dispose();
        }
    }

    private static TreeEntry EntryOf(FileStatus status) =>
        status.IsRegular ? new TreeEntry(EntryKind.File, status.IsExecutable)
        : status.IsFolder ? TreeEntry.Folder
        : new TreeEntry(status.IsLink ? EntryKind.Link : EntryKind.Special);

    private ByteString ReadAll(TreePath path, OpenFolder folder, ByteString name, FileStatus status) =>
        RegularFile.Read(folder, name, status, LongestFile) ?? throw TooLong(path, (long)status.Size);

    private ByteString? ReadThrough(OpenFolder top, TreePath path, ReadBuffer? buffer = null) => Try(path, () =>
        top.Look(path.Bytes, follow: true) is { IsRegular: true } status
            ? RegularFile.Read(top, path.Bytes, status, LongestFile, follow: true, buffer) ?? throw TooLong(path, (long)status.Size)
            : default(ByteString?));

    private static void Collect(TreePath path, OpenFolder? folder, List<TreePath> entries)
    {
        foreach (var name in folder?.Names() ?? [])
        {
            if (folder!.Look(name) is { IsFolder: true })
            {
                using var inner = folder.TryOpen(name);
                Collect(path / name, inner, entries);
            }
            else
            {
                entries.Add(path / name);
            }
        }
    }

    private T Try<T>(TreePath path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw IoFailures.Failure(PathOf(path), error);
        }
    }

    private static string? Above(string folder)
    {
        for (var parent = Path.GetDirectoryName(folder); parent is not null; parent = Path.GetDirectoryName(parent))
        {
            if (IsTop(new FolderTree(parent, parent)))
            {
                return parent;
            }
        }

        return null;
    }

    /// <summary>By what is there alone: the version is read once, by whoever needs it.</summary>
    private static bool IsTop(FolderTree tree)
    {
        try
        {
            return new TreePath[] { "Makefile", "Kconfig", "drivers/Makefile" }.All(
                path => tree.LeadsToFile(path) || tree.KindOf(path) != EntryKind.Missing);
        }
        catch (IntreeFailure)
        {
            return false;
        }
    }
}

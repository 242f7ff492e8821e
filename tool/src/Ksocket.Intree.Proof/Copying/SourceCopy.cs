// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Files;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof.Copying;

/// <summary>
/// A copy of a tree's sources to build from: kbuild refuses O= for a tree that was configured or built in place, and
/// prove never writes to the tree. No hard links: an edit in place, in this tree or in another that shares the file,
/// would change the copy, too (decision 0006).
/// A kept copy is updated by content. make compares times only, and a changed file may be older than the object of its
/// previous version; so a replaced file in the copy always gets a new time.
/// </summary>
/// <param name="record">The file that lists the sources of the copy.</param>
/// <param name="forget">Deletes the build output before a new copy is made.</param>
public sealed class SourceCopy(FolderTree tree, string folder, string record, Action forget)
{
    private readonly ByteString _copy = ByteString.OfText(folder);
    private readonly ByteString _tree = ByteString.OfText(tree.Root);
    private readonly OverlaidFiles _overlaid = new(tree, folder, record + ".overlaid");

    /// <summary>Identifies the files that kconfig reads, as of the last update; null before it.</summary>
    public string? KconfigInputs { get; private set; }

    /// <summary>Updates the copy; false if a new one was made.</summary>
    /// <param name="progress">Called at the start, and every few seconds.</param>
    public bool Update(ImmutableArray<FileChange> ours, Action<string>? progress = null)
    {
        var before = Directory.Exists(folder) ? SourceListing.Load(record) : null;
        if (before is null)
        {
            progress?.Invoke("listing the source files of the tree");
        }

        var now = SourceListing.Of(tree);
        WorkDisk.Try(folder, () =>
        {
            if (before is null)
            {
                Make(now, new CopyProgress(now.Files.Count, progress));
            }
            else
            {
                Follow(before, now);
            }
        });
        Overlay(ours);
        now.Save(record);
        KconfigInputs = now.KconfigInputs(ours);
        return before is not null;
    }

    /// <summary>Writes ksocket files over those of the copy, and reverts those of earlier calls.</summary>
    public void Overlay(ImmutableArray<FileChange> ours) => _overlaid.Set(ours);

    private ByteString In(ByteString path) => BytePath.Join(_copy, path);

    private ByteString InTree(ByteString path) => BytePath.Join(_tree, path);

    private void Make(SourceListing now, CopyProgress progress)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(record)!);
        File.Delete(record);
        _overlaid.Forget();
        forget();
        BytePath.Delete(_copy);
        Directory.CreateDirectory(folder);
        var made = new HashSet<ByteString> { ByteString.Empty };
        foreach (var path in now.Files.Keys)
        {
            MakeFolders(Above(path), made);
        }

        try
        {
            Parallel.ForEach(now.Files, file =>
            {
                CopyOne(file.Key, In(file.Key), file.Value, keepTime: true);
                progress.Add();
            });
        }
        catch (AggregateException error)
        {
            ExceptionDispatchInfo.Throw(error.InnerExceptions[0]);
        }
    }

    private void MakeFolders(ByteString path, HashSet<ByteString> made)
    {
        if (made.Add(path))
        {
            MakeFolders(Above(path), made);
            BytePath.MakeFolder(In(path));
        }
    }

    private void CopyOne(ByteString path, ByteString to, ByteString mark, bool keepTime)
    {
        if (SourceListing.TargetIn(mark) is { } target)
        {
            BytePath.MakeLink(target, to);
            return;
        }

        var status = BytePath.StatusOf(InTree(path));
        BytePath.Copy(InTree(path), to, status.Mode);
        if (keepTime)
        {
            BytePath.SetWritten(to, status.Written);
        }
    }

    private void Follow(SourceListing before, SourceListing now)
    {
        // The marks of a tree at another path cannot be compared.
        var known = before.Root == now.Root;
        var same = before.Files.AsParallel()
            .Where(file => known && now.Files.GetValueOrDefault(file.Key) == file.Value && Exists(file.Key)).ToDictionary();
        var gone = before.Files.Keys.Where(path => !now.Files.ContainsKey(path)).ToList();
        var changed = now.Files.Where(file => !same.ContainsKey(file.Key)).ToList();
        if (gone.Count + changed.Count > 0)
        {
            // Must not list files that are not copied yet: this run may be killed.
            new SourceListing(now.Root, same).Save(record);
        }

        gone.ForEach(path => BytePath.Delete(In(path)));
        foreach (var (path, mark) in changed)
        {
            if (!IsSame(path, mark))
            {
                Replace(path, mark);
            }
            else if (SourceListing.TargetIn(mark) is null && ModeOf(InTree(path)) is var mode && mode != ModeOf(In(path)))
            {
                BytePath.SetMode(In(path), mode);
            }
        }
    }

    /// <summary>Writes a temporary file and renames it, so that the file is never incomplete.</summary>
    private void Replace(ByteString path, ByteString mark)
    {
        MakeRoom(path);
        var fresh = ByteString.Concat(In(path), ByteString.Of(".new"u8));
        CopyOne(path, fresh, mark, keepTime: false);
        BytePath.Rename(fresh, In(path));
    }

    /// <summary>Removes obstacles: a folder may have been a file or a link before, and vice versa.</summary>
    private void MakeRoom(ByteString path)
    {
        DeleteIf(In(path), PathType.Folder); // anything else is replaced by the rename
        DeleteIf(ByteString.Concat(In(path), ByteString.Of(".new"u8)), PathType.File); // left by a killed run
        var missing = new Stack<ByteString>();
        for (var parent = Above(path); BytePath.StatusOf(In(parent)).Type != PathType.Folder; parent = Above(parent))
        {
            BytePath.Delete(In(parent));
            missing.Push(parent);
        }

        foreach (var parent in missing)
        {
            BytePath.MakeFolder(In(parent));
        }
    }

    private static void DeleteIf(ByteString path, PathType type)
    {
        if (BytePath.StatusOf(path).Type == type)
        {
            BytePath.Delete(path);
        }
    }

    private bool Exists(ByteString path) => BytePath.StatusOf(In(path)).Type != PathType.Missing;

    private static int ModeOf(ByteString path) => BytePath.StatusOf(path).Mode;

    private bool IsSame(ByteString path, ByteString mark)
    {
        var (copy, original) = (BytePath.StatusOf(In(path)), BytePath.StatusOf(InTree(path)));
        return SourceListing.TargetIn(mark) is { } target
            ? copy.Type == PathType.Link && BytePath.TargetOf(In(path)) == target
            : copy.Type == PathType.File && copy.Size == original.Size && SameBytes.In(In(path), InTree(path));
    }

    private static ByteString Above(ByteString path) =>
        path.Span.LastIndexOf((byte)'/') is var slash and > 0 ? path.Slice(0, slash) : ByteString.Empty;
}

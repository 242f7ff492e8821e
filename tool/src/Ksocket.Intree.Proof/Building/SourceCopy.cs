// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Files;

namespace Ksocket.Intree.Proof.Building;

/// <summary>
/// A copy of a tree's sources to build from: kbuild refuses to build elsewhere (O=) what was configured or built in
/// place, and the tree is never ours to write to. A real copy and no links: through a link, whoever edits a file in
/// place, in this tree or in another that it was linked from, edits the copy too, and behind our back.
/// A kept copy follows the tree by content. make only looks at times, and a file that changed may well be older than
/// the object made of the one before it; so what replaces a file in the copy is always new there.
/// </summary>
/// <param name="record">What of the tree the copy was made from.</param>
/// <param name="forget">Takes away what was built from a copy before one is made anew.</param>
public sealed class SourceCopy(FolderTree tree, string folder, string record, Action forget)
{
    private readonly string _overlaid = record + ".overlaid";

    private string In(string path) => Path.Combine(folder, path);

    private string InTree(string path) => Path.Combine(tree.Root, path);

    /// <summary>Brings the copy up to date; false if it had to be made anew.</summary>
    public bool Update(ImmutableArray<FileChange> ours)
    {
        var now = SourceListing.Of(tree);
        var before = Directory.Exists(folder) ? SourceListing.Load(record) : null;
        WorkDisk.Try(folder, () =>
        {
            if (before is null)
            {
                Make(now);
            }
            else
            {
                Follow(before, now);
            }
        });
        Overlay(ours);
        now.Save(record);
        return before is not null;
    }

    private void Make(SourceListing now)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(record)!);
        File.Delete(record);
        File.Delete(_overlaid);
        forget();
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        foreach (var parent in now.Files.Keys.Select(path => Path.GetDirectoryName(path)!).Distinct())
        {
            Directory.CreateDirectory(In(parent));
        }

        try
        {
            Parallel.ForEach(now.Files, file => MakeOne(file.Key, file.Value));
        }
        catch (AggregateException error)
        {
            ExceptionDispatchInfo.Throw(error.InnerExceptions[0]);
        }
    }

    private void MakeOne(string path, string mark)
    {
        if (IsLink(mark, out var target))
        {
            File.CreateSymbolicLink(In(path), target);
            return;
        }

        File.Copy(InTree(path), In(path)); // shares the blocks where the file system can
        File.SetLastWriteTimeUtc(In(path), File.GetLastWriteTimeUtc(InTree(path)));
    }

    private void Follow(SourceListing before, SourceListing now)
    {
        // Of a tree at another place, equal marks prove nothing.
        var known = before.Root == now.Root;
        var same = before.Files.Where(file => known && now.Files.GetValueOrDefault(file.Key) == file.Value && Exists(file.Key)).ToDictionary();
        var gone = before.Files.Keys.Where(path => !now.Files.ContainsKey(path)).ToList();
        var changed = now.Files.Where(file => !same.ContainsKey(file.Key)).ToList();
        if (gone.Count + changed.Count > 0)
        {
            // A run that is cut off while it writes must not leave a record that knows better.
            new SourceListing(now.Root, same).Save(record);
        }

        gone.ForEach(path => Remove(In(path)));
        foreach (var (path, mark) in changed.Where(file => !IsSame(file.Key, file.Value)))
        {
            Remove(In(path));
            MakeRoom(path);
            if (IsLink(mark, out var target))
            {
                File.CreateSymbolicLink(In(path), target);
            }
            else
            {
                Write(path, File.ReadAllBytes(InTree(path)));
                File.SetUnixFileMode(In(path), File.GetUnixFileMode(InTree(path)));
            }
        }
    }

    /// <summary>A folder of the tree may have been a file or a link before, and the other way round.</summary>
    private void MakeRoom(string path)
    {
        for (var parent = Path.GetDirectoryName(path); !string.IsNullOrEmpty(parent); parent = Path.GetDirectoryName(parent))
        {
            if (new FileInfo(In(parent)) is { } file && (file.Exists || file.LinkTarget is not null))
            {
                file.Delete();
            }
        }

        Directory.CreateDirectory(Path.GetDirectoryName(In(path))!);
    }

    private static void Remove(string path)
    {
        if (Directory.Exists(path) && new FileInfo(path).LinkTarget is null)
        {
            Directory.Delete(path, recursive: true);
        }
        else if (Directory.Exists(Path.GetDirectoryName(path)))
        {
            File.Delete(path);
        }
    }

    /// <summary>
    /// Puts files of ours over the tree's, and takes back those an earlier call put there: a kept record names them,
    /// written before the first byte so that a run that was cut off is no secret.
    /// </summary>
    public void Overlay(ImmutableArray<FileChange> ours) => WorkDisk.Try(folder, () =>
    {
        var paths = ours.Select(change => change.Path.ToString()).ToList();
        var before = File.Exists(_overlaid) ? File.ReadAllLines(_overlaid) : [];
        File.WriteAllLines(_overlaid, paths.Union(before));
        foreach (var change in ours)
        {
            if (!File.Exists(In(change.Path.ToString())) || !File.ReadAllBytes(In(change.Path.ToString())).AsSpan().SequenceEqual(change.After!.Bytes.Span))
            {
                Directory.CreateDirectory(In(change.Path.Folder.ToString()));
                Write(change.Path.ToString(), change.After!.Bytes.ToArray());
            }
        }

        foreach (var path in before.Except(paths))
        {
            if (File.Exists(InTree(path)))
            {
                Write(path, File.ReadAllBytes(InTree(path)));
            }
            else
            {
                File.Delete(In(path));
            }
        }

        File.WriteAllLines(_overlaid, paths);
    });

    /// <summary>Under a new name first: whole or not at all.</summary>
    private void Write(string path, byte[] bytes)
    {
        File.WriteAllBytes(In(path) + ".new", bytes);
        File.Move(In(path) + ".new", In(path), overwrite: true);
    }

    private bool Exists(string path) => File.Exists(In(path)) || new FileInfo(In(path)).LinkTarget is not null || Directory.Exists(In(path));

    private bool IsSame(string path, string mark) => IsLink(mark, out var target)
        ? new FileInfo(In(path)).LinkTarget == target
        : new FileInfo(In(path)) is { Exists: true, LinkTarget: null } there && there.Length == new FileInfo(InTree(path)).Length
            && File.ReadAllBytes(In(path)).AsSpan().SequenceEqual(File.ReadAllBytes(InTree(path)));

    private static bool IsLink(string mark, out string target)
    {
        target = mark.StartsWith("-> ", StringComparison.Ordinal) ? mark[3..] : "";
        return target.Length > 0;
    }
}

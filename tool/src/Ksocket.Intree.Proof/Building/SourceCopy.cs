// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Files;

namespace Ksocket.Intree.Proof.Building;

/// <summary>
/// A copy of a tree's sources to build from: kbuild refuses to build elsewhere (O=) what was configured or built in
/// place, and the tree is never ours to write to. Hard links where the disks allow: seconds, and no room.
/// A kept copy follows the tree by content. make only looks at times, and a file that changed may well be older than
/// the object made of the one before it; so what replaces a file in the copy is always new there.
/// </summary>
public sealed partial class SourceCopy(FolderTree tree, string folder, string record)
{
    private readonly string _overlaid = record + ".overlaid";

    private string In(string path) => Path.Combine(folder, path);

    private string InTree(string path) => Path.Combine(tree.Root, path);

    /// <summary>Brings the copy up to date; false if it had to be made anew, and objects of an older one mean nothing.</summary>
    public bool Update(ImmutableArray<FileChange> ours)
    {
        var now = SourceListing.Of(tree);
        var before = Directory.Exists(folder) ? SourceListing.Load(record) : null;
        Machine.Try(folder, () =>
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
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        foreach (var parent in now.Files.Keys.Select(path => Path.GetDirectoryName(path)!).Distinct())
        {
            Directory.CreateDirectory(In(parent));
        }

        foreach (var (path, mark) in now.Files)
        {
            if (IsLink(mark, out var target))
            {
                File.CreateSymbolicLink(In(path), target);
            }
            else if (HardLink(InTree(path), In(path)) != 0)
            {
                File.Copy(InTree(path), In(path)); // another disk, or a file of somebody else's
                File.SetLastWriteTimeUtc(In(path), File.GetLastWriteTimeUtc(InTree(path)));
            }
        }
    }

    private void Follow(SourceListing before, SourceListing now)
    {
        foreach (var gone in before.Files.Keys.Where(path => !now.Files.ContainsKey(path)))
        {
            File.Delete(In(gone));
        }

        // Of a tree at another place, equal sizes and times prove nothing.
        var known = before.Root == now.Root;
        foreach (var (path, mark) in now.Files)
        {
            if (!(known && before.Files.GetValueOrDefault(path) == mark && Exists(path)) && !IsSame(path, mark))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(In(path))!);
                File.Delete(In(path));
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
    }

    /// <summary>
    /// Puts files of ours over the tree's, and takes back those an earlier call put there: a kept record names them,
    /// written before the first byte so that a run that was cut off is no secret.
    /// </summary>
    public void Overlay(ImmutableArray<FileChange> ours) => Machine.Try(folder, () =>
    {
        var paths = ours.Select(change => change.Path.Value).ToList();
        var before = File.Exists(_overlaid) ? File.ReadAllLines(_overlaid) : [];
        File.WriteAllLines(_overlaid, paths.Union(before));
        foreach (var change in ours)
        {
            if (!File.Exists(In(change.Path.Value)) || !File.ReadAllBytes(In(change.Path.Value)).AsSpan().SequenceEqual(change.After))
            {
                Directory.CreateDirectory(In(change.Path.Folder.Value));
                Write(change.Path.Value, change.After!);
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

    /// <summary>Under a new name first: the old one may be a link to the user's own file.</summary>
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

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int HardLink(string from, string to);
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Files;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof.Copying;

/// <summary>
/// The ksocket files written over the copy of a tree. A record on disk lists them. It is written first, so that the
/// files of a killed run are known.
/// </summary>
internal sealed class OverlaidFiles(FolderTree tree, string folder, string record)
{
    public void Forget() => File.Delete(record);

    /// <summary>Writes files over those of the copy, and reverts those of earlier calls.</summary>
    public void Set(ImmutableArray<FileChange> ours) => WorkDisk.Try(folder, () =>
    {
        var paths = ours.Select(change => change.Path.ToString()).ToList();
        var before = File.Exists(record) ? File.ReadAllLines(record) : [];
        File.WriteAllLines(record, paths.Union(before));
        foreach (var change in ours)
        {
            var place = In(change.Path.ToString());
            if (!File.Exists(place) || !File.ReadAllBytes(place).AsSpan().SequenceEqual(change.After!.Bytes.Span))
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

        File.WriteAllLines(record, paths);
    });

    private string In(string path) => Path.Combine(folder, path);

    private string InTree(string path) => Path.Combine(tree.Root, path);

    /// <summary>Writes a temporary file and renames it, so that the file is never incomplete.</summary>
    private void Write(string path, byte[] bytes)
    {
        File.WriteAllBytes(In(path) + ".new", bytes);
        File.Move(In(path) + ".new", In(path), overwrite: true);
    }
}

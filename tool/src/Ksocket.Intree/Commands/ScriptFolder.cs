// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Commands;

/// <summary>A temporary folder with scripts of a tree, in which they run: the tree may be a commit, and is not written to.</summary>
internal sealed class ScriptFolder(string name) : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory($"ksocket-{name}-").FullName;

    /// <summary>Copies a file of the tree to the place where its name leads.</summary>
    /// <returns>That place; null if there is no such file.</returns>
    public TreePath? Copy(KernelTree tree, TreePath path)
    {
        var real = tree.EntryAt(path).Kind == EntryKind.Link ? TreePath.Resolve(path.Folder, tree.ReadLink(path)) : path;
        if (real is not { } there || tree.TryRead(there) is not { } bytes)
        {
            return null;
        }

        Write(there, bytes);
        return there;
    }

    public void CopyBelow(KernelTree tree, TreePath folder, string ending)
    {
        if (tree.KindOf(folder) == EntryKind.Folder)
        {
            foreach (var path in tree.EntriesBelow(folder).Where(path => path.EndsIn(ending)))
            {
                Copy(tree, path);
            }
        }
    }

    public void Write(TreePath path, ByteString bytes)
    {
        var place = Path.Combine(Root, path.ToString());
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        File.WriteAllBytes(place, bytes.Span);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}

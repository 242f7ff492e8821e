// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Kbuild;

/// <summary>The Kconfig files and Makefiles of a tree, each parsed once.</summary>
public sealed class KbuildFiles
{
    private readonly Dictionary<TreePath, KconfigFile?> _kconfigs = [];
    private readonly Dictionary<TreePath, MakefileText?> _makefiles = [];

    public KbuildFiles(KernelTree tree) => Tree = tree;

    public KernelTree Tree { get; }

    /// <summary>Null where there is no such file.</summary>
    public KconfigFile? Kconfig(TreePath path)
    {
        if (!_kconfigs.TryGetValue(path, out var file))
        {
            _kconfigs.Add(path, file = Tree.TryReadThrough(path) is { } bytes ? KconfigFile.Read(path, bytes) : null);
        }

        return file;
    }

    /// <summary>Null where there is no such file.</summary>
    public MakefileText? Makefile(TreePath path)
    {
        if (!_makefiles.TryGetValue(path, out var file))
        {
            _makefiles.Add(path, file = Tree.TryReadThrough(path) is { } bytes ? MakefileText.Read(bytes) : null);
        }

        return file;
    }

    /// <summary>
    /// The file of a folder that kbuild reads: Kbuild if there is one, and then never the Makefile beside it
    /// (scripts/Kbuild.include, "kbuild-file"). A folder or a dead link of that name counts: $(wildcard) finds it, and make
    /// stops there.
    /// </summary>
    public TreePath KbuildIn(TreePath folder) => folder / "Kbuild" is var kbuild
        && (Tree.KindOf(kbuild) != EntryKind.Missing || Tree.LeadsToFile(kbuild)) ? kbuild : folder / "Makefile";

    /// <summary>The files after some changes; unchanged files are not parsed again.</summary>
    public KbuildFiles After(ImmutableArray<FileChange> changes)
    {
        var after = new KbuildFiles(new ChangedTree(Tree, changes));
        var changed = changes.Select(change => change.Path).ToHashSet();
        foreach (var (path, file) in _kconfigs.Where(known => !changed.Contains(known.Key)))
        {
            after._kconfigs.Add(path, file);
        }

        foreach (var (path, file) in _makefiles.Where(known => !changed.Contains(known.Key)))
        {
            after._makefiles.Add(path, file);
        }

        return after;
    }
}

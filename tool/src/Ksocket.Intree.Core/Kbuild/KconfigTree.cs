// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Kbuild;

/// <summary>Why kconfig stops at a file of the tree.</summary>
/// <param name="Text">The place, PATH:LINE, and the reason.</param>
public sealed record KconfigFault(string Text, string Hint);

/// <summary>The lines of a file from the one after <paramref name="After"/> to <paramref name="To"/>.</summary>
public readonly record struct KconfigPlace(TreePath Path, int After, int To);

/// <summary>
/// The Kconfig files of a tree in the order of kconfig: from the top one through every source line. kconfig stops at the
/// first file that is missing, includes itself or has unbalanced blocks; so does this. A source line whose path a variable
/// of the build decides, or that leads out of the tree, is passed over: what it includes is not known.
/// </summary>
public sealed class KconfigTree
{
    private readonly KernelTree _tree;
    private readonly IReadOnlyDictionary<TreePath, KconfigIncludes?> _files;
    private readonly HashSet<TreePath> _seen = [];
    private readonly List<TreePath> _open = [];
    private readonly List<KconfigPlace> _places = [];
    private readonly List<string> _passedOver = [];
    private readonly Lazy<ByteString?> _lexer;

    private KconfigTree(KernelTree tree, IReadOnlyDictionary<TreePath, KconfigIncludes?> files)
    {
        (_tree, _files) = (tree, files);
        _lexer = new(() => tree.TryReadThrough("scripts/kconfig/lexer.l"));
    }

    /// <summary>The first reason why kconfig cannot read the tree; null if none was found.</summary>
    public KconfigFault? Fault { get; private set; }

    /// <summary>What kconfig reads, in its order, up to the fault: a file goes on after what its source lines include.</summary>
    public IReadOnlyList<KconfigPlace> Places => _places;

    /// <summary>
    /// The source lines that were not followed, and why: a sentence that begins with PATH:LINE. Those of the architecture are not
    /// among them.
    /// </summary>
    public IReadOnlyList<string> PassedOver => _passedOver;

    /// <param name="architectures">The values of SRCARCH; none to pass over the Kconfig files of architectures.</param>
    public static KconfigTree Read(KernelTree tree, params ImmutableArray<string> architectures) =>
        Read(tree, (_, _) => { }, architectures);

    /// <param name="look">Called with every file, in no order and from several threads; the bytes are valid during the call.</param>
    public static KconfigTree Read(KernelTree tree, Action<TreePath, ByteString> look, params ImmutableArray<string> architectures)
    {
        var files = new Dictionary<TreePath, KconfigIncludes?>();
        for (List<TreePath> level = ["Kconfig"]; level.Count > 0;)
        {
            var read = tree.ReadEach(level, (path, file) => file is { } bytes ? KconfigIncludes.In(path, bytes, look) : null);
            var next = new HashSet<TreePath>();
            for (var at = 0; at < level.Count; at++)
            {
                files.Add(level[at], read[at]?.Resolved(tree, architectures));
            }

            level = [.. level.SelectMany(path => files[path]?.Files ?? []).Where(file => !files.ContainsKey(file) && next.Add(file))];
        }

        var all = new KconfigTree(tree, files);
        all.Fault = all.Enter("Kconfig");
        return all;
    }

    private KconfigFault? Enter(TreePath path)
    {
        if (!_seen.Add(path) || _files[path] is not { } file)
        {
            return null;
        }

        var (fault, after) = (file.Fault, 0);
        _open.Add(path);
        foreach (var (source, files) in file.Lines.TakeWhile(_ => fault is null))
        {
            _places.Add(new(path, after, after = source.Line));
            fault = Follow(path, source, files);
        }

        _open.RemoveAt(_open.Count - 1);
        _places.Add(new(path, after, int.MaxValue));
        return fault;
    }

    private KconfigFault? Follow(TreePath path, KconfigSource source, IReadOnlyList<TreePath>? files)
    {
        if (files is null)
        {
            if (!source.IsOfArchitecture)
            {
                _passedOver.Add($"{path}:{source.Line} sources {source.File}, {source.WhyUnknown}; it was not read");
            }

            return null;
        }

        if (source.Keyword != KconfigKeyword.Source && !Knows(source.Keyword.Word()))
        {
            return NoKeyword(path, source);
        }

        if (source.IsPattern && !files.Contains(TreePath.Resolve(TreePath.Top, source.File) ?? TreePath.Top) && !Knows("glob"))
        {
            return Missing(path, source.Line, source.File, " (kconfig here takes '*' and '?' as they are)");
        }

        if (!source.IsOptional && files.Where(file => _files[file] is null).ToList() is [var missing, ..])
        {
            return Missing(path, source.Line, missing.Bytes, _tree.WhyNotThere(missing) is { } why ? $" ({why})" : "");
        }

        return files.Count == 0 && !source.IsOptional ? Missing(path, source.Line, source.File, "")
            : files.FirstOrDefault(_open.Contains) is var again && again != TreePath.Top ? IncludesItself(path, source.Line, again)
            : files.Select(Enter).FirstOrDefault(fault => fault is not null);
    }

    /// <summary>
    /// Whether the kconfig of the tree has a word that mainline's has not. One whose source is not there is given the benefit:
    /// a tree may bring its kconfig from elsewhere.
    /// </summary>
    private bool Knows(string word) => _lexer.Value?.Contains(ByteString.OfText(word).Span) != false;

    private static KconfigFault NoKeyword(TreePath path, KconfigSource source) => new(
        $"{path}:{source.Line}: the kconfig of this tree has no '{source.Keyword.Word()}'",
        $"scripts/kconfig/lexer.l does not name it; use source, with the path from the top of the tree");

    private static KconfigFault Missing(TreePath path, int line, ByteString file, string why) => new(
        $"{path}:{line} sources {file}, which is not there{why}",
        "if it belongs to another repository: git submodule update --init, or repo sync; else take that line out");

    private static KconfigFault IncludesItself(TreePath path, int line, TreePath again) => new(
        $"{path}:{line} sources {again}, which includes that line",
        "kconfig refuses a file that includes itself; take that line out");
}

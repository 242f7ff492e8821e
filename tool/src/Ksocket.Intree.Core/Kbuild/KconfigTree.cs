// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Kbuild;

/// <summary>Why kconfig stops at a file of the tree.</summary>
/// <param name="Text">The place, PATH:LINE, and the reason.</param>
public sealed record KconfigFault(string Text, string Hint);

/// <summary>
/// The Kconfig files of a tree, read in the order of kconfig: from the top one through every source line. kconfig stops
/// at the first file that is missing, includes itself or has unbalanced blocks; so does this. A source line whose path
/// a variable of the build decides, or that leads out of the tree, is passed over: what it includes is not known.
/// </summary>
public sealed class KconfigTree
{
    private readonly KernelTree _tree;
    private readonly string? _architecture;
    private readonly HashSet<TreePath> _seen = [];
    private readonly List<TreePath> _open = [];
    private readonly Dictionary<ByteString, int> _symbols = [];

    private KconfigTree(KernelTree tree, string? architecture) => (_tree, _architecture) = (tree, architecture);

    /// <summary>The first reason why kconfig cannot read the tree; null if none was found.</summary>
    public KconfigFault? Fault { get; private set; }

    /// <summary>Every symbol with its rank in the menus, which is the order in which savedefconfig writes them.</summary>
    public IReadOnlyDictionary<ByteString, int> Symbols => _symbols;

    /// <param name="architecture">The value of SRCARCH; null to pass over the Kconfig files of architectures.</param>
    public static KconfigTree Read(KernelTree tree, string? architecture)
    {
        var read = new KconfigTree(tree, architecture);
        read.Fault = read.Enter("Kconfig");
        return read;
    }

    private KconfigFault? Enter(TreePath path)
    {
        if (!_seen.Add(path) || _tree.Peek(path) is not { } bytes)
        {
            return null;
        }

        _open.Add(path);
        try
        {
            return KconfigFile.Read(path, bytes).Statements
                .Select(statement => Follow(path, statement)).FirstOrDefault(fault => fault is not null);
        }
        catch (IntreeFailure unbalanced)
        {
            return new KconfigFault(unbalanced.Message, unbalanced.Hint ?? "complete the file");
        }
        finally
        {
            _open.RemoveAt(_open.Count - 1);
        }
    }

    private KconfigFault? Follow(TreePath path, KconfigStatement statement)
    {
        if (statement.DefinesOne)
        {
            _symbols.TryAdd(statement.Argument, _symbols.Count);
        }

        if (!statement.Keyword.IsSource())
        {
            return null;
        }

        var source = KconfigSource.Of(path, statement);
        if (source.Files(_tree, _architecture) is not { } files)
        {
            return null;
        }

        var missing = source.IsOptional ? [] : files.Where(file => !_tree.LeadsToFile(file)).ToList();
        return missing.Count > 0 ? Missing(path, statement, missing[0])
            : files.Count == 0 && !source.IsOptional ? Missing(path, statement, source.File, "")
            : files.FirstOrDefault(_open.Contains) is var again && again != TreePath.Top ? IncludesItself(path, statement, again)
            : files.Select(Enter).FirstOrDefault(fault => fault is not null);
    }

    private KconfigFault Missing(TreePath path, KconfigStatement statement, TreePath file) =>
        Missing(path, statement, file.Bytes, _tree.WhyNotThere(file) is { } why ? $" ({why})" : "");

    private static KconfigFault Missing(TreePath path, KconfigStatement statement, ByteString file, string why) => new(
        $"{path}:{statement.Line.Number} sources {file}, which is not there{why}",
        "if it belongs to another repository: git submodule update --init, or repo sync; else take that line out");

    private static KconfigFault IncludesItself(TreePath path, KconfigStatement statement, TreePath again) => new(
        $"{path}:{statement.Line.Number} sources {again}, which includes that line",
        "kconfig refuses a file that includes itself; take that line out");
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Files;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Proof.Building;

/// <summary>
/// Finds out why kconfig did not take a setting: which dependencies of its symbol are not set, or what selects it.
/// </summary>
public static partial class DroppedSymbol
{
    public static string Why(FolderTree source, ByteString config, ConfigSetting setting) =>
        (setting.IsOff ? Selector(source, config, setting.Symbol) : null) ?? Definition(source, config, setting);

    private static string Definition(FolderTree source, ByteString config, ConfigSetting setting)
    {
        var symbol = setting.Symbol;
        foreach (var path in Kconfigs(source))
        {
            if (source.TryRead(path) is not { } text || !text.Contains(ByteString.OfText($"config {symbol}").Span))
            {
                continue;
            }

            var file = Read(path, text);
            var at = file?.Statements.ToList().FindIndex(statement => statement.Defines(symbol)) ?? -1;
            if (at >= 0)
            {
                return Explain(path, file!, at, config, setting);
            }
        }

        return $"no Kconfig of this tree defines {symbol}";
    }

    /// <summary>The first line that selects a symbol, of an entry that is set.</summary>
    private static string? Selector(FolderTree source, ByteString config, string symbol)
    {
        var selects = new Regex($@"^{symbol}(\s+if\b|$)", RegexOptions.ECMAScript);
        foreach (var path in Kconfigs(source))
        {
            if (source.TryRead(path) is not { } text || !text.Contains(ByteString.OfText($"select {symbol}").Span))
            {
                continue;
            }

            var entry = "";
            foreach (var statement in Read(path, text)?.Statements ?? [])
            {
                entry = statement.Keyword.DefinesOne() ? statement.Argument.ToString() : entry;
                if (statement.Keyword == KconfigKeyword.Select && selects.IsMatch(statement.Argument.ToString()) && IsOn(config, entry))
                {
                    return $"{path}:{statement.Line.Number}: {entry} selects {symbol}, and is set; set CONFIG_{entry}=n, too";
                }
            }
        }

        return null;
    }

    private static bool IsOn(ByteString config, string symbol) =>
        DotConfig.LineOf(config, symbol)?.EndsWith(" is not set", StringComparison.Ordinal) == false;

    private static string Explain(TreePath path, KconfigFile file, int at, ByteString config, ConfigSetting setting)
    {
        var symbol = setting.Symbol;
        var own = file.Statements.Skip(at + 1)
            .TakeWhile(statement => !statement.Keyword.StartsEntry() && statement.Keyword != KconfigKeyword.Help)
            .Where(statement => statement.Keyword == KconfigKeyword.Depends && statement.Argument.StartsWith("on "u8))
            .Select(statement => statement.Argument.Slice("on ".Length).ToString());
        var around = from block in file.Statements[at].Inside
                     where block.Keyword == KconfigKeyword.If
                     select block.Argument.ToString();
        var conditions = own.Concat(around).ToList();
        var off = conditions.SelectMany(condition => Names().Matches(condition).Select(match => match.Value)).Distinct()
            .Where(name => !IsOn(config, name)).ToList();
        var line = file.Statements[at].Line.Number;
        return off.Count > 0
            ? $"{path}:{line}: {symbol} depends on {string.Join(" && ", conditions)}; not set: {string.Join(", ", off)}"
            : $"{path}:{line} defines {symbol}; its dependencies are set, "
                + $"so an enclosing menu, its type or its range does not allow {setting.Value}";
    }

    private static KconfigFile? Read(TreePath path, ByteString text)
    {
        try
        {
            return KconfigFile.Read(path, text);
        }
        catch (IntreeFailure)
        {
            return null; // a broken Kconfig is not reported here
        }
    }

    private static IEnumerable<TreePath> Kconfigs(FolderTree source)
    {
        var everywhere = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        return Directory.EnumerateFiles(source.Root, "Kconfig*", everywhere).Select(file => new TreePath(file[(source.Root.Length + 1)..]))
            .OrderByDescending(path => path.IsBelow("drivers/ksocket") || path.IsBelow("samples/ksocket"));
    }

    [GeneratedRegex(@"\b[A-Z][A-Z0-9_]+\b")]
    private static partial Regex Names();
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Kbuild;

/// <summary>The kernel's configuration file, read and changed line by line (scripts/kconfig/confdata.c writes it).</summary>
public static class DotConfig
{
    public static TreePath Path { get; } = ".config";

    /// <summary>The line that says what a symbol is, as "CONFIG_X=y" or "# CONFIG_X is not set"; null if none does.</summary>
    public static string? LineOf(string text, string symbol) =>
        TextLines.Of(text).Select(line => line.Text).LastOrDefault(line => SymbolOf(line) == symbol);

    public static bool IsBuiltIn(string text, string symbol) => LineOf(text, symbol) == $"CONFIG_{symbol}=y";

    /// <summary>Puts a symbol's line in the place of the one there; null takes it out.</summary>
    public static string Replace(string text, string symbol, string? line) =>
        string.Concat(TextLines.Of(text).Select(old =>
            SymbolOf(old.Text) != symbol ? text[old.Start..old.End]
            : line is null ? ""
            : line + text[(old.Start + old.Text.Length)..old.End]));

    /// <summary>The symbols of which two configurations say different things.</summary>
    public static IReadOnlySet<string> Difference(string one, string other)
    {
        var (first, second) = (Settings(one), Settings(other));
        return first.Keys.Union(second.Keys).Where(symbol => first.GetValueOrDefault(symbol) != second.GetValueOrDefault(symbol)).ToHashSet(StringComparer.Ordinal);
    }

    private static Dictionary<string, string> Settings(string text)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in TextLines.Of(text))
        {
            if (SymbolOf(line.Text) is { } symbol)
            {
                settings[symbol] = line.Text;
            }
        }

        return settings;
    }

    private static string? SymbolOf(string line)
    {
        const string set = "CONFIG_";
        const string unset = "# CONFIG_";
        const string unsetEnd = " is not set";
        return line.StartsWith(set, StringComparison.Ordinal) && line.IndexOf('=', StringComparison.Ordinal) is var end and > 0 ? line[set.Length..end]
            : line.StartsWith(unset, StringComparison.Ordinal) && line.EndsWith(unsetEnd, StringComparison.Ordinal) ? line[unset.Length..^unsetEnd.Length]
            : null;
    }
}

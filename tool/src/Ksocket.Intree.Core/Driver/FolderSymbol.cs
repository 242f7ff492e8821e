// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Kbuild;

namespace Ksocket.Intree.Core.Driver;

/// <summary>
/// The Kconfig symbol that enables a folder, read from the Kconfig and the makefile in it: the first entry that an obj- line
/// names. Its names do not matter.
/// </summary>
/// <param name="Name">The symbol, without CONFIG_.</param>
/// <param name="IsAlone">Whether every other symbol of an obj- line depends on it, so that it can enable the folder.</param>
public sealed record FolderSymbol(string Name, bool IsAlone)
{
    /// <summary>The start of the line that enters the folder.</summary>
    public string Variable => IsAlone ? $"obj-$(CONFIG_{Name})" : "obj-y";

    /// <summary>Null if no entry of the Kconfig is named by an obj- line, and there is no line for every configuration either.</summary>
    public static FolderSymbol? In(KconfigFile kconfig, MakefileText makefile)
    {
        var defined = kconfig.Statements.Where(statement => statement.Keyword.DefinesOne())
            .Select(statement => statement.Argument.ToString()).ToList();
        var used = makefile.Objects.SelectMany(line => SymbolsIn(line.Variable)).Where(defined.Contains).ToHashSet();
        var isUnconditional = makefile.Objects.Any(line => line.Variable.Equals("obj-y"u8));
        var main = defined.Find(used.Contains) ?? (isUnconditional ? defined.FirstOrDefault() : null);
        return main is null ? null : new(main, used.All(symbol => symbol == main || DependsOn(kconfig, symbol, main)));
    }

    /// <summary>The names after CONFIG_ in the name of a variable.</summary>
    public static IEnumerable<string> SymbolsIn(ByteString variable)
    {
        var text = variable.ToString();
        const string prefix = "CONFIG_";
        for (var at = text.IndexOf(prefix, StringComparison.Ordinal); at >= 0;)
        {
            var start = at + prefix.Length;
            var end = start;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
            {
                end++;
            }

            yield return text[start..end];
            at = text.IndexOf(prefix, end, StringComparison.Ordinal);
        }
    }

    /// <summary>Whether an entry names a symbol in its "depends on", or stands inside an "if" that does.</summary>
    private static bool DependsOn(KconfigFile kconfig, string symbol, string main)
    {
        var at = kconfig.Statements.ToList().FindIndex(statement => statement.Defines(symbol));
        return kconfig.Statements[at].Inside.Any(block => block.Keyword == KconfigKeyword.If && Names(block.Argument, main))
            || kconfig.Statements.Skip(at + 1).TakeWhile(statement => !statement.Keyword.StartsEntry())
                .Any(statement => statement.Keyword == KconfigKeyword.Depends && Names(statement.Argument, main));
    }

    /// <summary>Whether a condition is a conjunction with this symbol in it.</summary>
    private static bool Names(ByteString condition, string symbol) => condition.ToString() is var text
        && !text.Contains("||", StringComparison.Ordinal)
        && text.Replace("on ", "", StringComparison.Ordinal).Split("&&", StringSplitOptions.TrimEntries).Contains(symbol);
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Driver;

/// <summary>
/// Statements in the Kconfig files of a driver that kconfig of 5.10 and later does not know (scripts/kconfig/lexer.l): it would
/// stop at them, and the tree could not be configured any more.
/// </summary>
internal static class KconfigFaults
{
    private const string OldHelp = "---help---";

    private static readonly HashSet<string> Attributes =
    [
        "def_bool", "def_tristate", "default", "hex", "imply", "int", "mainmenu", "modules", "option", "optional", "prompt", "range",
        "string", "transitional", "visible",
    ];

    /// <param name="files">The files of the folder that land, by their path in it.</param>
    public static IEnumerable<string> In(IReadOnlyDictionary<TreePath, ByteString> files) =>
        from file in files
        where file.Key.Name.StartsWith("Kconfig"u8)
        orderby file.Key
        let fault = FirstIn(file.Key, file.Value)
        where fault is not null
        select fault;

    /// <summary>The lines after it may be its help text.</summary>
    private static string? FirstIn(TreePath path, ByteString file)
    {
        for (var scanner = new KconfigScanner(file.Span); scanner.Next();)
        {
            var word = ByteString.Of(file.Span[scanner.Word]).ToString();
            if (word == OldHelp || (scanner.Keyword == KconfigKeyword.Other && !IsKnown(word, file.Span[scanner.Argument])))
            {
                var known = word == OldHelp ? "help" : word.ToLowerInvariant();
                var write = known != word && IsKeyword(known) ? $"; write '{known}'" : "";
                return $"{path}:{scanner.Number}: kconfig knows no statement '{word}'{write}";
            }
        }

        return null;
    }

    private static bool IsKeyword(string word) =>
        Attributes.Contains(word) || KconfigKeywords.Of(System.Text.Encoding.ASCII.GetBytes(word)) != KconfigKeyword.Other;

    /// <summary>An attribute, the call of a macro, or the definition of one.</summary>
    private static bool IsKnown(string word, ReadOnlySpan<byte> argument) =>
        Attributes.Contains(word) || word.StartsWith('$')
        || argument.StartsWith("="u8) || argument.StartsWith(":="u8) || argument.StartsWith("+="u8)
        || word.EndsWith('=');
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Kbuild;

/// <summary>A menu, if or choice, from its first line to the one that closes it.</summary>
public sealed record KconfigBlock(string Keyword, string Argument, TextLine Opens)
{
    public TextLine? Closes { get; internal set; }
}

/// <summary>A statement and the blocks around it, outermost first.</summary>
public sealed record KconfigStatement(TextLine Line, string Keyword, string Argument, ImmutableArray<KconfigBlock> Inside);

/// <summary>
/// A Kconfig file as kconfig reads it: statements and blocks, with help texts, whatever they say, left out
/// (Documentation/kbuild/kconfig-language.rst).
/// </summary>
public sealed class KconfigFile
{
    private const int TabWidth = 8;

    private KconfigFile(ImmutableArray<KconfigStatement> statements, ImmutableArray<KconfigBlock> blocks) =>
        (Statements, Blocks) = (statements, blocks);

    public ImmutableArray<KconfigStatement> Statements { get; }

    /// <summary>The outermost blocks, in order.</summary>
    public ImmutableArray<KconfigBlock> Blocks { get; }

    /// <summary>Reads a file, or refuses one that kconfig would not read, naming the line.</summary>
    public static KconfigFile Read(TreePath path, string text)
    {
        var statements = ImmutableArray.CreateBuilder<KconfigStatement>();
        var blocks = ImmutableArray.CreateBuilder<KconfigBlock>();
        var open = ImmutableStack<KconfigBlock>.Empty;
        var help = Help.None;
        var helpIndent = 0;
        var continued = false;

        foreach (var line in TextLines.Of(text))
        {
            if (line.Span is [.., '\r'])
            {
                throw IntreeFailure.NotUnderstood(
                    $"{path}:{line.Number}: the line ends with CR LF, which kconfig does not read",
                    "check the tree out without core.autocrlf, or run dos2unix on it");
            }

            var indent = Indent(line.Span);
            if (help != Help.None)
            {
                if (line.IsBlank)
                {
                    continue;
                }

                helpIndent = help == Help.Awaited ? indent : helpIndent;
                help = Help.Running;
                if (indent > 0 && indent >= helpIndent)
                {
                    continue;
                }

                help = Help.None;
            }

            var bare = line.Text.Trim();
            var isContinuation = continued;
            continued = bare.EndsWith('\\') && (isContinuation || bare[0] != '#');
            if (isContinuation || bare.Length == 0 || bare[0] == '#')
            {
                continue;
            }

            var (keyword, argument) = Split(bare);
            statements.Add(new KconfigStatement(line, keyword, argument, [.. open.Reverse()]));
            switch (keyword)
            {
                case "help" or "---help---":
                    help = Help.Awaited;
                    break;

                case "menu" or "if" or "choice":
                    open = open.Push(new KconfigBlock(keyword, argument, line));
                    break;

                case "endmenu" or "endif" or "endchoice":
                    if (open.IsEmpty || open.Peek().Keyword != keyword[3..])
                    {
                        throw IntreeFailure.NotUnderstood(
                            $"{path}:{line.Number}: this '{keyword}' closes nothing",
                            open.IsEmpty ? "every block above it is closed already" : $"the block open here is the '{open.Peek().Keyword}' of line {open.Peek().Opens.Number}");
                    }

                    open = open.Pop(out var closed);
                    closed.Closes = line;
                    if (open.IsEmpty)
                    {
                        blocks.Add(closed);
                    }

                    break;
            }
        }

        return open.IsEmpty
            ? new KconfigFile(statements.ToImmutable(), blocks.ToImmutable())
            : throw IntreeFailure.NotUnderstood(
                $"{path}:{open.Peek().Opens.Number}: no 'end{open.Peek().Keyword}' closes this '{open.Peek().Keyword}'",
                $"is {path} whole? mainline's ends with the line that closes its menu");
    }

    /// <summary>The statements that bring in another file, and that file.</summary>
    public IEnumerable<(KconfigStatement Statement, string File)> Sources() =>
        from statement in Statements
        where statement.Keyword == "source"
        select (statement, statement.Argument.Trim('"'));

    private static (string Keyword, string Argument) Split(string bare)
    {
        var end = bare.AsSpan().IndexOfAny(" \t\"(");
        return end < 0 ? (bare, "") : (bare[..end], WithoutComment(bare[end..].Trim()));
    }

    private static string WithoutComment(string argument)
    {
        var quoted = false;
        for (var at = 0; at < argument.Length; at++)
        {
            quoted ^= argument[at] == '"';
            if (argument[at] == '#' && !quoted)
            {
                return argument[..at].TrimEnd();
            }
        }

        return argument;
    }

    private static int Indent(ReadOnlySpan<char> text)
    {
        var column = 0;
        foreach (var c in text)
        {
            if (c == '\t')
            {
                column = (column / TabWidth + 1) * TabWidth;
            }
            else if (c == ' ')
            {
                column++;
            }
            else
            {
                break;
            }
        }

        return column;
    }

    private enum Help
    {
        None,
        Awaited,
        Running,
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Kbuild;

/// <summary>A menu, if or choice block, from its first line to the one that closes it.</summary>
public sealed record KconfigBlock(KconfigKeyword Keyword, ByteString Argument, ByteLine Opens)
{
    public ByteLine? Closes { get; internal set; }
}

/// <summary>A statement and the blocks around it, outermost first.</summary>
public sealed record KconfigStatement(ByteLine Line, KconfigKeyword Keyword, ByteString Argument, ImmutableArray<KconfigBlock> Inside)
{
    public bool Defines(string symbol) => DefinesOne && Argument.Equals(ByteString.OfText(symbol));

    /// <summary>Whether it names symbols that it needs: "depends on", "select" or "if".</summary>
    public bool NeedsSymbols => Keyword is KconfigKeyword.Depends or KconfigKeyword.Select or KconfigKeyword.If;

    /// <summary>Whether it begins the entry of a symbol, which is then its argument.</summary>
    public bool DefinesOne => Keyword is KconfigKeyword.Config or KconfigKeyword.MenuConfig;
}

/// <summary>
/// A Kconfig file as kconfig reads it: statements and blocks, without help texts
/// (Documentation/kbuild/kconfig-language.rst).
/// </summary>
public sealed class KconfigFile
{
    private readonly TreePath _path;

    private KconfigFile(TreePath path, ImmutableArray<KconfigStatement> statements, ImmutableArray<KconfigBlock> blocks) =>
        (_path, Statements, Blocks) = (path, statements, blocks);

    public ImmutableArray<KconfigStatement> Statements { get; }

    /// <summary>The outermost blocks, in order.</summary>
    public ImmutableArray<KconfigBlock> Blocks { get; }

    /// <summary>Reads a file; refuses one that kconfig would reject, naming the line.</summary>
    public static KconfigFile Read(TreePath path, ByteString file)
    {
        var statements = ImmutableArray.CreateBuilder<KconfigStatement>();
        var blocks = ImmutableArray.CreateBuilder<KconfigBlock>();
        var inside = ImmutableArray<KconfigBlock>.Empty;
        var lines = new KconfigLines();
        foreach (var line in ByteLines.Of(file))
        {
            if (lines.Statement(line) is not { } bare)
            {
                continue;
            }

            var (keyword, argument) = Split(bare);
            statements.Add(new KconfigStatement(line, keyword, argument, inside));
            if (keyword == KconfigKeyword.Help)
            {
                lines.HelpFollows();
            }
            else if (keyword.Opens())
            {
                inside = inside.Add(new KconfigBlock(keyword, argument, line));
            }
            else if (keyword.Closes() is { } closes)
            {
                var closed = inside.LastOrDefault();
                if (closed?.Keyword != closes)
                {
                    throw ClosesNothing(path, line, keyword, closed);
                }

                closed.Closes = line;
                inside = inside.RemoveAt(inside.Length - 1);
                if (inside.IsEmpty)
                {
                    blocks.Add(closed);
                }
            }
        }

        return inside.IsEmpty
            ? new KconfigFile(path, statements.ToImmutable(), blocks.ToImmutable())
            : throw NeverClosed(path, inside[^1]);
    }

    /// <summary>The statements that include other files.</summary>
    public IEnumerable<KconfigSource> Sources() =>
        from statement in Statements
        where statement.Keyword.IsSource()
        select KconfigSource.Of(_path, statement);

    /// <summary>A quoted argument without its quotes.</summary>
    public static ByteString Unquoted(ByteString argument)
    {
        while (argument.StartsWith("\""u8))
        {
            argument = argument.Slice(1);
        }

        while (argument.EndsWith("\""u8))
        {
            argument = argument.Slice(0, argument.Length - 1);
        }

        return argument;
    }

    private static (KconfigKeyword Keyword, ByteString Argument) Split(ByteString bare)
    {
        var end = bare.Span.IndexOfAny(" \t\"("u8);
        return end < 0
            ? (KconfigKeywords.Of(bare.Span), default)
            : (KconfigKeywords.Of(bare.Span[..end]), WithoutComment(bare.Slice(end).Trim()));
    }

    private static ByteString WithoutComment(ByteString argument)
    {
        var quoted = false;
        for (var at = 0; at < argument.Length; at++)
        {
            quoted ^= argument[at] == (byte)'"';
            if (argument[at] == (byte)'#' && !quoted)
            {
                return argument.Slice(0, at).Trim();
            }
        }

        return argument;
    }

    private static IntreeFailure ClosesNothing(TreePath path, ByteLine line, KconfigKeyword keyword, KconfigBlock? open) =>
        IntreeFailure.NotUnderstood(
            $"{path}:{line.Number}: this '{keyword.Word()}' closes nothing",
            open is null
                ? "every block above it is closed already"
                : $"the block open here is the '{open.Keyword.Word()}' of line {open.Opens.Number}");

    private static IntreeFailure NeverClosed(TreePath path, KconfigBlock open) => IntreeFailure.NotUnderstood(
        $"{path}:{open.Opens.Number}: no 'end{open.Keyword.Word()}' closes this '{open.Keyword.Word()}'",
        $"is {path} complete? mainline's ends with the line that closes its menu");
}

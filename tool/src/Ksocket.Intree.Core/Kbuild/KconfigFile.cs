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
    public bool Defines(string symbol) => Keyword.DefinesOne() && Argument.Equals(ByteString.OfText(symbol));
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
        var nesting = new KconfigNesting(path);
        for (var scanner = new KconfigScanner(file.Span); scanner.Next();)
        {
            var (start, length) = scanner.Argument.GetOffsetAndLength(file.Length);
            var (keyword, argument) = (scanner.Keyword, file.Slice(start, length));
            var line = new ByteLine(file, scanner.Number, scanner.Start, scanner.End);
            statements.Add(new KconfigStatement(line, keyword, argument, inside));
            nesting.Add(keyword, line.Number);
            if (keyword.Opens())
            {
                inside = inside.Add(new KconfigBlock(keyword, argument, line));
            }
            else if (keyword.Closes() is not null)
            {
                var closed = inside[^1];
                closed.Closes = line;
                inside = inside.RemoveAt(inside.Length - 1);
                if (inside.IsEmpty)
                {
                    blocks.Add(closed);
                }
            }
        }

        nesting.End();
        return new KconfigFile(path, statements.ToImmutable(), blocks.ToImmutable());
    }

    /// <summary>The statements that include other files.</summary>
    public IEnumerable<(KconfigStatement Statement, KconfigSource Source)> Sources() =>
        from statement in Statements
        where statement.Keyword.IsSource()
        select (statement, KconfigSource.Of(_path, statement.Line.Number, statement.Keyword, statement.Argument));

    /// <summary>A quoted argument without its quotes, which may be of either kind.</summary>
    public static ByteString Unquoted(ByteString argument)
    {
        while (!argument.IsEmpty && argument[0] is (byte)'"' or (byte)'\'')
        {
            argument = argument.Slice(1);
        }

        while (!argument.IsEmpty && argument[^1] is (byte)'"' or (byte)'\'')
        {
            argument = argument.Slice(0, argument.Length - 1);
        }

        return argument;
    }
}

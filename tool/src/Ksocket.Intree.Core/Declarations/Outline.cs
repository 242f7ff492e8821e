// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;

namespace Ksocket.Intree.Core.Declarations;

/// <summary>
/// A statement outside all brackets: up to a semicolon, the end of a function's body, or an unclosed '{'.
/// </summary>
/// <param name="Start">Where the previous statement ends: comments and directives may come first.</param>
/// <param name="Body">Its first '{'; <paramref name="End"/> if it has none.</param>
/// <param name="BodyEnd">The '}' that closes it.</param>
/// <param name="End">The semicolon, or the position after the body.</param>
internal readonly record struct Statement(int Start, int Body, int BodyEnd, int End)
{
    public bool HasBody => Body < End;
}

/// <summary>
/// The positions of statements and macros in C text. Both branches of an #if are read, because no configuration is known:
/// a brace that each branch opens counts once.
/// </summary>
/// <param name="Statements">In the order of the text.</param>
/// <param name="Macros">Where the names defined by #define start.</param>
internal sealed record Outline(ImmutableArray<Statement> Statements, ImmutableArray<int> Macros)
{
    /// <summary>Where the first statement starts.</summary>
    public int Start => Statements.IsEmpty ? 0 : Statements[0].Start;

    /// <summary>Where the last one ends.</summary>
    public int End => Statements.IsEmpty ? 0 : Statements[^1].End;

    public static Outline Of(ReadOnlySpan<byte> text, int start, int end)
    {
        text = text[..end];
        var brackets = new Brackets();
        var macros = ImmutableArray.CreateBuilder<int>();
        var bracesAtIf = new Stack<int>();
        var scanner = new CScanner(text, start);
        while (scanner.NextMark() is var mark and not 0)
        {
            if (mark != (byte)'#')
            {
                brackets.Add(mark, scanner.Start);
            }
            else if (scanner.Directive.SequenceEqual("define"u8))
            {
                macros.Add(scanner.Argument);
            }
            else if (ConditionalGroup.IsStart(scanner.Directive))
            {
                bracesAtIf.Push(brackets.OpenBraces);
            }
            else if (ConditionalGroup.IsNextBranch(scanner.Directive) && bracesAtIf.TryPeek(out var before))
            {
                CloseBraces(brackets, before, scanner.End);
            }
            else if (ConditionalGroup.IsEnd(scanner.Directive))
            {
                bracesAtIf.TryPop(out _);
            }
        }

        return new Outline(Split(text, start, brackets.Marks), macros.DrainToImmutable());
    }

    /// <summary>The statement at a position; null between statements.</summary>
    public Statement? At(int position)
    {
        var (low, high) = (0, Statements.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Statements[middle].Start <= position ? (middle + 1, high) : (low, middle);
        }

        return low > 0 && position < Statements[low - 1].End ? Statements[low - 1] : null;
    }

    /// <summary>Ends a branch that opened braces: the next branch opens its own.</summary>
    private static void CloseBraces(Brackets brackets, int before, int at)
    {
        while (brackets.OpenBraces > before)
        {
            brackets.Add((byte)'}', at);
            brackets.Add((byte)';', at);
        }
    }

    private static ImmutableArray<Statement> Split(ReadOnlySpan<byte> text, int start, IReadOnlyList<Mark> marks)
    {
        var statements = ImmutableArray.CreateBuilder<Statement>();
        var (body, bodyEnd, parenthesis) = (-1, -1, -1);
        foreach (var mark in marks)
        {
            if (mark.IsBrace && body < 0)
            {
                (body, bodyEnd) = (mark.At, Math.Max(mark.At + 1, mark.Close));
            }

            var ends = mark.IsBrace ? mark.Close < 0 || (parenthesis >= 0 && IsBlank(text[..mark.At], parenthesis + 1)) : !mark.IsOpening;
            parenthesis = mark.Value == (byte)'(' ? mark.Close : -1;
            if (!ends)
            {
                continue;
            }

            // A branch of an #if may be closed at the end of the text, behind its last byte.
            var end = mark.IsBrace ? Math.Min(text.Length, Math.Max(mark.At, mark.Close) + 1) : mark.At;
            if (mark.Value != (byte)'}' && end > start)
            {
                statements.Add(body < 0 ? new Statement(start, end, end, end) : new Statement(start, body, bodyEnd, end));
            }

            (start, body, bodyEnd, parenthesis) = (mark.IsBrace ? end : end + 1, -1, -1, -1);
        }

        return statements.DrainToImmutable();
    }

    private static bool IsBlank(ReadOnlySpan<byte> text, int from) => !new CScanner(text, from).NextToken();
}

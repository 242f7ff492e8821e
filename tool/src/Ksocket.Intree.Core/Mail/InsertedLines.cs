// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Core.Mail;

/// <summary>
/// Where git says that a run of inserted lines stands. Where a run could slide up or down and give the same file
/// (its last line equals the line above it, or its first the one below), git picks the place whose two edges read
/// best: fewest indented lines after them, blank lines before them. This is the "indent heuristic" of git's
/// xdiff/xdiffi.c (diff.indentHeuristic, on by default), with its weights, for one run.
/// </summary>
internal static class InsertedLines
{
    private const int MostSliding = 100;
    private const int MostBlanks = 20;
    private const int MostIndent = 200;

    /// <summary>Slides the run of <paramref name="count"/> lines, which starts as far down as it can, to where git has it.</summary>
    public static int Settle(IReadOnlyList<ByteLine> lines, int start, int count)
    {
        var highest = start;
        while (highest > 0 && Same(lines[highest - 1], lines[highest - 1 + count]))
        {
            highest--;
        }

        var lowest = start;
        while (lowest + count < lines.Count && Same(lines[lowest], lines[lowest + count]))
        {
            lowest++;
        }

        var best = -1;
        var bestScore = default(Score);
        for (var at = Math.Max(highest, Math.Max(lowest - count - 1, lowest - MostSliding)); at <= lowest; at++)
        {
            var score = Edge(lines, at + count) + Edge(lines, at);
            if (best < 0 || score.CompareTo(bestScore) <= 0)
            {
                (best, bestScore) = (at, score);
            }
        }

        return best;
    }

    /// <summary>How badly a file splits before this line: indentation first, then a penalty.</summary>
    private static Score Edge(IReadOnlyList<ByteLine> lines, int at)
    {
        var isEnd = at >= lines.Count;
        var indent = isEnd ? Blank : Indent(lines[at].Span);
        var (blanksBefore, indentBefore) = Look(lines, at - 1, -1);
        var (blanksAfter, indentAfter) = Look(lines, at + 1, 1);

        var penalty = 0;
        if (indentBefore == Blank && blanksBefore == 0)
        {
            penalty += 1; // start of the file
        }

        if (isEnd)
        {
            penalty += 21;
        }

        var blanksFromHere = indent == Blank ? 1 + blanksAfter : 0;
        var blanks = blanksBefore + blanksFromHere;
        penalty += -30 * blanks + 6 * blanksFromHere;

        var effective = indent == Blank ? indentAfter : indent;
        if (effective == Blank || indentBefore == Blank || effective == indentBefore)
        {
            return new Score(effective, penalty);
        }

        var besideBlank = blanks != 0;
        penalty += effective > indentBefore ? (besideBlank ? 10 : -4)
            : indentAfter != Blank && indentAfter > effective ? (besideBlank ? 17 : 24)
            : besideBlank ? 17 : 23;
        return new Score(effective, penalty);
    }

    private const int Blank = -1;

    /// <summary>The blank lines on the way from a line up or down, and the indent of what ends them.</summary>
    private static (int Blanks, int Indent) Look(IReadOnlyList<ByteLine> lines, int at, int step)
    {
        for (var blanks = 0; at >= 0 && at < lines.Count; at += step)
        {
            var indent = Indent(lines[at].Span);
            if (indent != Blank)
            {
                return (blanks, indent);
            }

            if (++blanks == MostBlanks)
            {
                return (blanks, 0);
            }

            if (at + step < 0 || at + step >= lines.Count)
            {
                return (blanks, Blank);
            }
        }

        return (0, Blank);
    }

    private static int Indent(ReadOnlySpan<byte> text)
    {
        var column = 0;
        foreach (var one in text)
        {
            if (one == (byte)' ')
            {
                column++;
            }
            else if (one == (byte)'\t')
            {
                column += 8 - column % 8;
            }
            else if (one is not ((byte)'\r' or (byte)'\f' or (byte)'\v'))
            {
                return column;
            }

            if (column >= MostIndent)
            {
                return MostIndent;
            }
        }

        return Blank;
    }

    private static bool Same(ByteLine one, ByteLine other) => one.HasNewline == other.HasNewline && one.Span.SequenceEqual(other.Span);

    private readonly record struct Score(int Indent, int Penalty)
    {
        public static Score operator +(Score one, Score other) => new(one.Indent + other.Indent, one.Penalty + other.Penalty);

        public int CompareTo(Score other) => 60 * Indent.CompareTo(other.Indent) + Penalty - other.Penalty;
    }
}

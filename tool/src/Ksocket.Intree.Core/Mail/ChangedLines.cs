// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Core.Mail;

/// <summary>
/// The lines of a file around the one place where two versions of it differ. MAINTAINERS has tens of thousands of lines,
/// and a hunk needs a few hundred of them.
/// </summary>
/// <param name="Skipped">How many lines come before the first of these; the same in both versions.</param>
/// <param name="Above">The bytes of those lines.</param>
internal sealed record ChangedLines(IReadOnlyList<ByteLine> Before, IReadOnlyList<ByteLine> After, int Skipped, ByteString Above)
{
    /// <summary>A shorter file is taken whole.</summary>
    private const int Short = 64 << 10;

    /// <summary>More lines than git looks at on each side of a run of lines (see <see cref="InsertedLines"/>).</summary>
    private const int Margin = 300;

    public static ChangedLines Of(ByteString before, ByteString after)
    {
        if (Math.Min(before.Length, after.Length) < Short)
        {
            return new ChangedLines(ByteLines.Of(before), ByteLines.Of(after), 0, default);
        }

        var start = LinesUp(before.Span, before.Span.CommonPrefixLength(after.Span));
        var (beforeEnd, afterEnd) = (before.Length - start, after.Length - start);
        var same = SameAtEnd(before.Span[start..], after.Span[start..]);
        var kept = LinesDown(before.Span[(before.Length - same)..]);
        return new ChangedLines(
            ByteLines.Of(before.Slice(start, beforeEnd - same + kept)),
            ByteLines.Of(after.Slice(start, afterEnd - same + kept)),
            before.Span[..start].Count((byte)'\n'),
            before.Slice(0, start));
    }

    /// <summary>Where the line starts that is a margin above a place.</summary>
    private static int LinesUp(ReadOnlySpan<byte> file, int place)
    {
        var start = place;
        for (var lines = 0; lines <= Margin && start > 0; lines++)
        {
            start = file[..(start - 1)].LastIndexOf((byte)'\n') + 1;
        }

        return start;
    }

    /// <summary>How many bytes the first lines of a file take, a margin of them.</summary>
    private static int LinesDown(ReadOnlySpan<byte> file)
    {
        var end = 0;
        for (var lines = 0; lines <= Margin && end < file.Length; lines++)
        {
            end = file[end..].IndexOf((byte)'\n') is var at and >= 0 ? end + at + 1 : file.Length;
        }

        return end;
    }

    /// <summary>How many bytes two files share at their ends.</summary>
    private static int SameAtEnd(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        var (most, same) = (Math.Min(one.Length, other.Length), 0);
        const int step = 4096;
        while (same + step <= most && one[^(same + step)..^same].SequenceEqual(other[^(same + step)..^same]))
        {
            same += step;
        }

        while (same < most && one[^(same + 1)] == other[^(same + 1)])
        {
            same++;
        }

        return same;
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Core.Kbuild;

/// <summary>An entry of MAINTAINERS: its title, and where its fields end.</summary>
/// <param name="Number">The line of the title, from 1.</param>
/// <param name="Start">Where the title starts in the file.</param>
/// <param name="End">Where the line after its last field starts.</param>
public readonly record struct MaintainersEntry(ByteString Whole, int Number, int Start, int End)
{
    public ByteString Title => Whole.Slice(Start, Whole.Span[Start..].IndexOf((byte)'\n'));

    /// <summary>Whether one of its F: lines names a path in this folder.</summary>
    public bool ListsBelow(ByteString folder)
    {
        foreach (var line in ByteLines.Of(Whole.Slice(Start, End - Start)))
        {
            if (line.Span is [(byte)'F', (byte)':', ..] && line.Bytes.Slice(2).Trim().StartsWith(folder.Span))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>
/// MAINTAINERS as get_maintainer.pl reads it: a title after a blank line, and lines like "F:\tpath" under it. The file
/// has tens of thousands of lines, so it is read in one pass that keeps a few numbers per entry.
/// </summary>
public static class MaintainersFile
{
    public static IReadOnlyList<MaintainersEntry> Read(ByteString file)
    {
        var entries = new List<MaintainersEntry>();
        var span = file.Span;
        var (number, afterBlank) = (1, false);
        for (var start = 0; start < span.Length;)
        {
            var end = NextLine(span, start);
            var isBlank = AsciiBytes.IsBlank(span[start..end]);
            if (afterBlank && !isBlank && !IsField(span[start..end]) && end < span.Length && IsField(span[end..NextLine(span, end)]))
            {
                var (after, lines) = Fields(span, end);
                entries.Add(new MaintainersEntry(file, number, start, after));
                (number, start, afterBlank) = (number + 1 + lines, after, false);
                continue;
            }

            (number, start, afterBlank) = (number + 1, end, isBlank);
        }

        return entries;
    }

    private static (int End, int Lines) Fields(ReadOnlySpan<byte> span, int start)
    {
        var lines = 0;
        while (start < span.Length && NextLine(span, start) is var end && IsField(span[start..end]))
        {
            start = end;
            lines++;
        }

        return (start, lines);
    }

    private static int NextLine(ReadOnlySpan<byte> span, int start) =>
        span[start..].IndexOf((byte)'\n') is var at and >= 0 ? start + at + 1 : span.Length;

    private static bool IsField(ReadOnlySpan<byte> line) =>
        line.Length > 2 && AsciiBytes.IsUpper(line[0]) && line[1] == (byte)':' && AsciiBytes.IsSpace(line[2]);
}

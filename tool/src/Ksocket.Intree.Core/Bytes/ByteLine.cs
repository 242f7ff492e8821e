// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Core.Bytes;

/// <summary>A line of a file: where it starts and ends, including its newline.</summary>
/// <param name="Whole">The file.</param>
/// <param name="Number">From 1.</param>
/// <param name="Start">Where it starts in the file.</param>
/// <param name="End">Where the next one starts.</param>
public readonly record struct ByteLine(ByteString Whole, int Number, int Start, int End)
{
    public bool HasNewline => Whole[End - 1] == (byte)'\n';

    /// <summary>The line without its newline.</summary>
    public ByteString Bytes => Whole.Slice(Start, End - Start - (HasNewline ? 1 : 0));

    /// <summary>The line without its newline, and without the CR of a CR LF.</summary>
    public ByteString Bare => Bytes is var bytes && bytes.EndsWith("\r"u8) ? bytes.Slice(0, bytes.Length - 1) : bytes;

    public ReadOnlySpan<byte> Span => Bytes.Span;

    /// <summary>The line without its newline, for a message.</summary>
    public string Text => Bytes.ToString();

    public bool IsBlank => AsciiBytes.IsBlank(Span);
}

/// <summary>A file as lines with their positions, so that an edit does not rewrite the rest.</summary>
public static class ByteLines
{
    public static IReadOnlyList<ByteLine> Of(ByteString file)
    {
        var lines = new List<ByteLine>(file.Span.Count((byte)'\n') + 1);
        for (var start = 0; start < file.Length;)
        {
            var newline = file.Span[start..].IndexOf((byte)'\n');
            var end = newline < 0 ? file.Length : start + newline + 1;
            lines.Add(new ByteLine(file, lines.Count + 1, start, end));
            start = end;
        }

        return lines;
    }
}

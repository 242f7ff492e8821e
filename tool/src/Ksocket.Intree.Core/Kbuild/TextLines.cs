// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Core.Kbuild;

/// <summary>A line of a file: where it starts and ends (its newline included), and its text without that newline.</summary>
public readonly record struct TextLine(int Number, int Start, int End, string Text)
{
    public bool IsBlank => string.IsNullOrWhiteSpace(Text);
}

/// <summary>A file's text as lines that know their place, so that an edit can be made without rewriting the rest.</summary>
public static class TextLines
{
    public static IReadOnlyList<TextLine> Of(string text)
    {
        var lines = new List<TextLine>(text.AsSpan().Count('\n') + 1);
        for (var start = 0; start < text.Length;)
        {
            var newline = text.IndexOf('\n', start);
            var end = newline < 0 ? text.Length : newline + 1;
            lines.Add(new TextLine(lines.Count + 1, start, end, text[start..(newline < 0 ? end : newline)]));
            start = end;
        }

        return lines;
    }
}

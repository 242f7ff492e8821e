// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Core.Kbuild;

/// <summary>A line of a file: where it starts and ends, its newline included. MAINTAINERS has thousands, so no text is cut out before it is asked for.</summary>
public readonly record struct TextLine(string Whole, int Number, int Start, int End)
{
    public bool HasNewline => Whole[End - 1] == '\n';

    /// <summary>The text without the newline.</summary>
    public ReadOnlySpan<char> Span => Whole.AsSpan(Start, End - Start - (HasNewline ? 1 : 0));

    public string Text => Span.ToString();

    public bool IsBlank => Span.IsWhiteSpace();
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
            lines.Add(new TextLine(text, lines.Count + 1, start, end));
            start = end;
        }

        return lines;
    }
}

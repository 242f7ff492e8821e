// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Core.Declarations;

/// <summary>Finds the end of text that declares nothing. Continued lines are already joined.</summary>
internal static class CSkip
{
    public static bool IsComment(ReadOnlySpan<byte> text, int at) =>
        at + 1 < text.Length && text[at] == (byte)'/' && text[at + 1] is (byte)'*' or (byte)'/';

    /// <summary>The end of a comment: after "*/", or before the newline of "//".</summary>
    public static int Comment(ReadOnlySpan<byte> text, int at)
    {
        if (text[at + 1] == (byte)'/')
        {
            var newline = text[at..].IndexOf((byte)'\n');
            return newline < 0 ? text.Length : at + newline;
        }

        var end = text[(at + 2)..].IndexOf("*/"u8);
        return end < 0 ? text.Length : at + 2 + end + 2;
    }

    /// <summary>The end of a string or character constant, which is the end of the line if no quote closes it.</summary>
    public static int Quoted(ReadOnlySpan<byte> text, int at)
    {
        var quote = text[at++];
        while (at < text.Length)
        {
            var found = text[at..].IndexOfAny(quote, (byte)'\\', (byte)'\n');
            if (found < 0)
            {
                return text.Length;
            }

            at += found;
            if (text[at] != (byte)'\\')
            {
                return text[at] == quote ? at + 1 : at;
            }

            at += at + 1 < text.Length && text[at + 1] != (byte)'\n' ? 2 : 1;
        }

        return at;
    }

    /// <summary>The end of white space and comments on one line; comments may contain newlines.</summary>
    public static int Blanks(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length)
        {
            if (IsComment(text, at))
            {
                at = Comment(text, at);
            }
            else if (AsciiBytes.IsSpace(text[at]) && text[at] != (byte)'\n')
            {
                at++;
            }
            else
            {
                return at;
            }
        }

        return at;
    }

    public static int Word(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && AsciiBytes.IsWord(text[at]))
        {
            at++;
        }

        return at;
    }

    /// <summary>The newline that ends a directive, or the end of the text. Quotes count in every directive, as in gcc.</summary>
    public static int RestOfLine(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length)
        {
            var found = text[at..].IndexOfAny("\n/\"'"u8);
            if (found < 0)
            {
                return text.Length;
            }

            at += found;
            if (text[at] == (byte)'\n')
            {
                return at;
            }

            at = text[at] != (byte)'/' ? Quoted(text, at) : IsComment(text, at) ? Comment(text, at) : at + 1;
        }

        return at;
    }
}

// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Core.Declarations;

/// <summary>The text between an #if and its #elif, #else or #endif.</summary>
internal static class ConditionalGroup
{
    public static bool IsStart(ReadOnlySpan<byte> directive) =>
        directive.SequenceEqual("if"u8) || directive.SequenceEqual("ifdef"u8) || directive.SequenceEqual("ifndef"u8);

    public static bool IsNextBranch(ReadOnlySpan<byte> directive) =>
        directive.SequenceEqual("else"u8) || directive.SequenceEqual("elif"u8)
        || directive.SequenceEqual("elifdef"u8) || directive.SequenceEqual("elifndef"u8);

    public static bool IsEnd(ReadOnlySpan<byte> directive) => directive.SequenceEqual("endif"u8);

    /// <summary>The # of the directive that ends a group; the end of the text if there is none.</summary>
    public static int End(ReadOnlySpan<byte> text, int newline)
    {
        for (var nested = 0; newline < text.Length;)
        {
            var first = CSkip.Blanks(text, newline + 1);
            if (first < text.Length && text[first] == (byte)'#')
            {
                var name = CSkip.Blanks(text, first + 1);
                var directive = text[name..CSkip.Word(text, name)];
                if (nested == 0 && (IsNextBranch(directive) || IsEnd(directive)))
                {
                    return first;
                }

                nested += IsStart(directive) ? 1 : IsEnd(directive) ? -1 : 0;
            }

            newline = CSkip.RestOfLine(text, first);
        }

        return text.Length;
    }
}

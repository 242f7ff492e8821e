// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Core.Declarations;

/// <summary>A word or punctuator of C, and where it starts in the text.</summary>
public readonly record struct CToken(string Text, int At)
{
    private static readonly string[] Signs = [.. Enumerable.Range(0, 128).Select(sign => ((char)sign).ToString())];

    public bool IsWord => char.IsAsciiLetter(Text[0]) || Text[0] == '_';

    public override string ToString() => Text;

    /// <summary>The tokens of a whole text, such as a declaration in the evidence.</summary>
    internal static CToken[] Of(string text)
    {
        var bytes = ByteString.OfText(text);
        return Of(bytes.Span, 0, bytes.Length);
    }

    /// <summary>The tokens from one position to another.</summary>
    internal static CToken[] Of(ReadOnlySpan<byte> text, int start, int end)
    {
        var tokens = new List<CToken>();
        var scanner = new CScanner(text[..end], start);
        while (scanner.NextToken())
        {
            tokens.Add(new CToken(TextOf(scanner.Found), scanner.Start));
        }

        return [.. tokens];
    }

    private static string TextOf(ReadOnlySpan<byte> token) =>
        token.Length == 1 && token[0] < 128 ? Signs[token[0]] : ByteString.Of(token).ToString();
}

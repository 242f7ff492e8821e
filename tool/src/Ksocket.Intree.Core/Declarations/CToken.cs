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

    /// <summary>
    /// The tokens of a statement without the macro calls in front of it, which need no semicolon: "KABI_FILL(int a) int b" is "int b".
    /// </summary>
    internal static CToken[] OfStatement(ReadOnlySpan<byte> text, int start, int end)
    {
        var tokens = Of(text, start, end);
        var from = 0;
        while (EndOfMacroCall(tokens, from) is > 0 and var close)
        {
            from = close + 1;
        }

        return tokens[from..];
    }

    /// <summary>
    /// Where a macro call ends; 0 if there is none at this index. It is a word and parentheses that a word follows; in
    /// "poll_t (*poll)(int)" none does.
    /// </summary>
    internal static int EndOfMacroCall(ReadOnlySpan<CToken> tokens, int at) =>
        at + 1 < tokens.Length && tokens[at].IsWord && tokens[at + 1].Text == "("
        && Prototype.Closing(tokens, at + 1) is var close && close > 0 && close + 1 < tokens.Length && tokens[close + 1].IsWord ? close : 0;

    private static string TextOf(ReadOnlySpan<byte> token) =>
        token.Length == 1 && token[0] < 128 ? Signs[token[0]] : ByteString.Of(token).ToString();
}

// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Proof.Reporting;

/// <summary>Removes control characters, which XML and HTML do not allow, from console output.</summary>
public static class PlainText
{
    public static string Of(string text) => string.Concat(text.Where(IsPlain));

    private static bool IsPlain(char letter) =>
        letter is '\n' or '\t'
        || (letter >= ' ' && letter is not ((>= '\x7f' and <= '\x9f') or '\ufffe' or '\uffff') && !char.IsSurrogate(letter));
}

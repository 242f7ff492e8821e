// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;

namespace Ksocket.Intree.Core.Sending;

/// <summary>A trailer as a person wrote it.</summary>
/// <param name="Line">"Reviewed-by: Name &lt;mail@host&gt;", with a remark behind it if there is one.</param>
public sealed record TrailerLine(string Line, string Name, string Address);

/// <summary>
/// Finds the trailers in a reply (Documentation/process/submitting-patches.rst, "Using Reported-by:, Tested-by:,
/// Reviewed-by:, Suggested-by: and Fixes:").
/// </summary>
public static partial class TrailerLines
{
    private const string Word = "[A-Za-z]+(?:-[A-Za-z]+)*-by:";

    /// <summary>
    /// A sign-off is of the one who passes a patch on, not of a reviewer; a Co-developed-by needs one; a Nacked-by objects.
    /// </summary>
    private static readonly string[] NotOfReviewers = ["signed-off-by:", "co-developed-by:", "nacked-by:"];

    /// <summary>
    /// The trailers that stand in the person's own words: not in quoted text, below a signature, or in or below a patch.
    /// </summary>
    public static IEnumerable<TrailerLine> Of(string body)
    {
        var own = End().Split(body.ReplaceLineEndings("\n"), 2)[0];
        // Mail programs wrap a long name: the address then is alone in the next line.
        own = Wrapped().Replace(own, "$1 $2");
        return from Match found in Trailer().Matches(own)
               where !NotOfReviewers.Contains(found.Groups["word"].Value.ToLowerInvariant())
               select new TrailerLine(
                   $"{Spelled(found.Groups["word"].Value)} {Blanks().Replace(found.Groups["value"].Value.Trim(), " ")}",
                   found.Groups["name"].Value.Trim().Trim('"'),
                   found.Groups["mail"].Value);
    }

    /// <summary>"reviewed-by" as the kernel writes it.</summary>
    private static string Spelled(string word) => char.ToUpperInvariant(word[0]) + word[1..].ToLowerInvariant();

    /// <summary>A signature, a forwarded or an original mail, or a patch.</summary>
    [GeneratedRegex(@"^(-- |-{2,} ?(Original Message|Forwarded message)\b.*|diff --git .*|_{20,})$", RegexOptions.Multiline)]
    private static partial Regex End();

    [GeneratedRegex(
        "^(" + Word + @"[ \t]+[^<>\n]+)\n[ \t]*(<[^<>\s]+@[^<>\s]+>)$",
        RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Wrapped();

    [GeneratedRegex(
        @"^[ \t]*(?<word>" + Word + @")[ \t]+(?<value>(?<name>[^<>\n]*)<(?<mail>[^<>\s@]+@[^<>\s@]+)>(?:[ \t]+[#\[(][^\n]*)?)[ \t]*$",
        RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Trailer();

    [GeneratedRegex(@"[ \t]+")]
    private static partial Regex Blanks();
}

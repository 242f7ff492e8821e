// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using System.Net;

namespace Ksocket.Intree.Reports;

/// <summary>
/// An SVG image of one line, for a README: the span of kernels, green if all proofs passed, amber if some are of an older
/// driver.
/// </summary>
internal static class MatrixBadge
{
    private const string Label = "ksocket";
    private const int LabelWidth = 58;

    /// <summary>The mean width of a character of the font, and what is left and right of the text, in pixels.</summary>
    private const double CharacterWidth = 6.6;
    private const int Margin = 16;

    public static string Write(ResultMatrix matrix)
    {
        var (words, colour) = matrix.Failed.Count > 0
            ? ($"{MatrixText.Count(matrix.Failed.Count)} failed", "#b3261e")
            : (matrix.Span, matrix.Older > 0 ? "#8a5a00" : "#1b6e3c");
        var width = (int)Math.Ceiling(words.Length * CharacterWidth) + Margin;
        var text = WebUtility.HtmlEncode(words);
        return string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{LabelWidth + width}" height="20" role="img" aria-label="{Label}: {text}">
            <title>{Label}: {text}</title>
            <rect width="{LabelWidth}" height="20" fill="#444"/>
            <rect x="{LabelWidth}" width="{width}" height="20" fill="{colour}"/>
            <g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">
            <text x="{LabelWidth / 2}" y="14">{Label}</text>
            <text x="{LabelWidth + (width / 2)}" y="14">{text}</text>
            </g>
            </svg>

            """);
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using System.Net;
using System.Text;
using Ksocket.Intree.Proof.Reporting;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Reports;

/// <summary>
/// The matrix as a page to publish: self-contained, without scripts. It names compilers, kernels, dates and the driver, and
/// no path of a machine.
/// </summary>
internal static class MatrixHtml
{
    /// <param name="program">The name of the program, its version and its commit.</param>
    /// <param name="logs">The address of the folder with the logs; null for no links.</param>
    public static string Write(ResultMatrix matrix, string program, string? logs)
    {
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.Append("<meta name=\"viewport\" content=\"width=device-width\">\n");
        page.Append(CultureInfo.InvariantCulture, $"<title>ksocket: {Text(matrix.Span)}</title>\n");
        page.Append(CultureInfo.InvariantCulture, $"<style>\n{HtmlStyle.Sheet}\n</style>\n</head>\n<body>\n<main>\n");
        page.Append(CultureInfo.InvariantCulture, $"<h1>ksocket in {Text(matrix.Span)}</h1>\n");
        page.Append(CultureInfo.InvariantCulture, $"<p>{Text(MatrixText.Summary(matrix))}. Made by {Text(program)}.</p>\n");
        Table(page, matrix, logs);
        Legend(page, matrix);
        WhatFailed(page, matrix);
        return page.Append("</main>\n</body>\n</html>\n").ToString();
    }

    /// <summary>A page wider than its window scrolls in the table; the table can be reached by keyboard for that.</summary>
    private static void Table(StringBuilder page, ResultMatrix matrix, string? logs)
    {
        page.Append("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Results\"><table>\n<tr><th scope=\"col\">kernel</th>");
        page.AppendJoin("", matrix.Forms.Select(form => $"<th scope=\"col\">{Text(form)}</th>"));
        page.Append("<th scope=\"col\">checks</th><th scope=\"col\">compiler</th></tr>\n");
        foreach (var row in matrix.Rows)
        {
            var results = matrix.Forms.Where(row.Cells.ContainsKey).Select(form => row.Cells[form]).ToList();
            page.Append(CultureInfo.InvariantCulture,
                $"<tr><th scope=\"row\">{Text(row.Kernel)}<br><span class=\"small\">{Text(row.Kind)}</span></th>");
            var cells = matrix.Forms.Select(form => Cell(matrix, row.Cells.GetValueOrDefault(form), logs));
            page.AppendJoin("", cells.Select(cell => $"<td class=\"whole\">{cell}</td>"));
            page.Append(CultureInfo.InvariantCulture, $"<td class=\"whole\">{ChecksOf(results)}</td>");
            var compilers = results.Select(result => result.Proof.Compiler).OfType<string>().Distinct();
            page.Append(CultureInfo.InvariantCulture, $"<td class=\"small\">{Text(string.Join(", ", compilers))}</td></tr>\n");
        }

        page.Append("</table></div>\n");
    }

    private static string Cell(ResultMatrix matrix, FormResult? result, string? logs)
    {
        var words = Text(MatrixText.Cell(matrix, result)).Replace(", ", "<br>", StringComparison.Ordinal);
        if (result is null)
        {
            return $"<span class=\"small\">{words}</span>";
        }

        var style = !result.Passed ? "failed" : matrix.IsOlder(result) ? "skipped" : "passed";
        var cell = $"<span class=\"{style}\">{words}</span>";
        return logs is null || result.Log is not { Length: > 0 } log ? cell
            : $"{cell} <a href=\"{Text($"{logs.TrimEnd('/')}/{Uri.EscapeDataString(log)}")}\">log</a>";
    }

    /// <summary>Each check with its worst outcome in any form.</summary>
    private static string ChecksOf(IEnumerable<FormResult> results) => string.Join("<br>",
        from check in results.SelectMany(result => result.Checks)
        group check.Outcome by check.Name into outcomes
        let worst = outcomes.MaxBy(outcome => outcome switch { Outcome.Failed => 2, Outcome.Skipped => 1, _ => 0 })
        select $"<span class=\"{worst.ToString().ToLowerInvariant()}\">{Text(outcomes.Key)} {worst.ToString().ToLowerInvariant()}</span>");

    private static void Legend(StringBuilder page, ResultMatrix matrix) => HtmlLegend.Write(
        page, $"older driver: the result is of another driver than {Text(matrix.Driver)}, and says nothing of this one.");

    private static void WhatFailed(StringBuilder page, ResultMatrix matrix)
    {
        if (matrix.Failed.Count == 0)
        {
            return;
        }

        page.Append("<h2>What failed</h2>\n<dl>\n");
        foreach (var failed in matrix.Failed)
        {
            page.Append(CultureInfo.InvariantCulture, $"<dt>{Text($"{failed.Kernel} ({failed.Kind}), {failed.Proof.Form}")}</dt>");
            page.Append(CultureInfo.InvariantCulture, $"<dd class=\"why\">{Text(MatrixText.WhyFailed(failed))}</dd>\n");
        }

        page.Append("</dl>\n");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(PlainText.Of(text));
}

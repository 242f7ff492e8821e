// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using System.Net;
using System.Text;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Proof.Reporting;

/// <summary>
/// A self-contained page: a matrix of kernels and forms, then each proof with its steps, the output of the samples, and
/// the kernel log, collapsed. No scripts, no external resources.
/// </summary>
public static class HtmlReport
{
    /// <param name="program">Name and version of the program.</param>
    public static string Write(IReadOnlyList<TreeProof> proofs, string program)
    {
        var page = new StringBuilder();
        var reports = proofs.SelectMany(proof => proof.Reports).ToList();
        var (title, style, words) = ProofMatrix.ResultOf(proofs) switch
        {
            ProofResult.Proven => ("proven", "passed", "proven"),
            ProofResult.ProvenWithSkippedChecks => ("proven", "skipped", "proven, some checks were skipped"),
            _ => ("not proven", "failed", "not proven"),
        };
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.Append("<meta name=\"viewport\" content=\"width=device-width\">\n");
        page.Append(CultureInfo.InvariantCulture, $"<title>ksocket: {title}</title>\n");
        page.Append(CultureInfo.InvariantCulture, $"<style>\n{HtmlStyle.Sheet}\n</style>\n</head>\n<body>\n");
        page.Append(CultureInfo.InvariantCulture,
            $"<main>\n<h1>ksocket in {Count(proofs.Count, "kernel")}: <span class=\"{style}\">{words}</span></h1>\n");
        page.Append(CultureInfo.InvariantCulture, $"<p>{Text(Origin(reports, program))}</p>\n");
        Matrix(page, proofs, [.. reports.Select(report => report.Form).Distinct()], reports);
        HtmlLegend.Write(page);
        for (var number = 0; number < reports.Count; number++)
        {
            One(page, reports[number], number);
        }

        return page.Append("</main>\n</body>\n</html>\n").ToString();
    }

    /// <summary>Who made the page when, of which driver, and with which compilers.</summary>
    private static string Origin(List<ProofReport> reports, string program)
    {
        var drivers = Distinct(reports.Select(report => report.Driver?[..8]));
        var dates = Distinct(reports.Select(report => report.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        var compilers = Distinct(reports.Select(report => report.Compiler));
        return $"Made by {program}" + (dates.Length > 0 ? $" on {dates}" : "") + (drivers.Length > 0 ? $"; ksocket {drivers}" : "")
            + (compilers.Length > 0 ? $"; built with {compilers}" : "") + ".";
    }

    private static string Distinct(IEnumerable<string?> words) =>
        string.Join(", ", words.OfType<string>().Distinct().Order(StringComparer.Ordinal));

    private static void Matrix(StringBuilder page, IReadOnlyList<TreeProof> proofs, IReadOnlyList<Form> forms, List<ProofReport> reports)
    {
        page.Append("<div class=\"wide\"><table>\n<tr><th>kernel</th>");
        page.AppendJoin("", forms.Select(form => $"<th>{Text(form.Title())}</th>"));
        page.Append("<th>checks</th><th class=\"number\">time</th></tr>\n");
        foreach (var proof in proofs)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Label(proof)}</td>");
            page.AppendJoin("",
                forms.Select(form => $"<td>{Cell(proof.Reports.FirstOrDefault(report => report.Form == form), reports)}</td>"));
            var seconds = proof.Reports.Sum(report => report.Took.TotalSeconds);
            page.Append(CultureInfo.InvariantCulture,
                $"<td>{Refused(proof)}{ChecksOf(proof)}</td><td class=\"number\">{seconds:F0} s</td></tr>\n");
        }

        page.Append("</table></div>\n");
    }

    /// <summary>Version and TREE argument: two trees may have the same version.</summary>
    private static string Label(TreeProof proof) => proof.Reports is [var first, ..]
        ? $"{Text($"{first.Version} ({first.Kind})")}<br><span class=\"small\">{Text(proof.Name)}</span>"
        : Text(proof.Name);

    private static string Cell(ProofReport? report, List<ProofReport> reports)
    {
        if (report is null)
        {
            return "";
        }

        var (style, words) = report.Failed is { } failed ? ("failed", $"{Text(failed.Name)} failed")
            : report.IsBooted || report.Form == Form.EachPatch ? ("passed", "proven")
            : ("passed", "built, not booted");
        return $"<a href=\"#{Anchor(reports.IndexOf(report))}\" class=\"{style}\">{words}</a>";
    }

    private static string Refused(TreeProof proof) =>
        proof.Refusal is null ? "" : $"<span class=\"failed\">refused</span> {Text(proof.Refusal.Message)}";

    /// <summary>Each check once per tree, with its worst outcome in any form.</summary>
    private static string ChecksOf(TreeProof proof) => string.Join("<br>", proof.Reports.SelectMany(report => report.Steps)
        .Where(step => step.Step.Patch is null && StepKinds.Checks.Contains(step.Step.Kind))
        .GroupBy(step => step.Step.Kind)
        .Select(group => group.MaxBy(step => step.Outcome switch { Outcome.Failed => 2, Outcome.Skipped => 1, _ => 0 })!)
        .Select(step => $"{Mark(step)} {Text(step.Name)}"));

    private static void One(StringBuilder page, ProofReport report, int number)
    {
        var cpu = report.Cpu is { } time ? string.Create(CultureInfo.InvariantCulture, $", {time.TotalSeconds:F1} CPU s") : "";
        var what = Text(report.Subject);
        page.Append(CultureInfo.InvariantCulture, $"<article id=\"{Anchor(number)}\">\n<h2>{what}</h2> ");
        page.Append(CultureInfo.InvariantCulture,
            $"<span class=\"small\">{Text(report.Tree)}, {report.Took.TotalSeconds:F1} s{cpu}</span>\n");
        if (report.Settings.Count > 0)
        {
            var added = Text(string.Join(", ", report.Settings));
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"small\">added to the configuration: {added}</p>\n");
        }

        if (report.Failed is { } failed)
        {
            page.Append(CultureInfo.InvariantCulture, $"<div class=\"why\"><p class=\"failed\">{Text(failed.Note)}</p>");
            page.Append(CultureInfo.InvariantCulture, $"<p>Probable cause: {Text(failed.Diagnosis?.Cause ?? "")}</p>");
            page.Append(CultureInfo.InvariantCulture, $"<pre>{Text(failed.Diagnosis?.Again ?? "")}</pre></div>\n");
        }

        page.Append("<div class=\"wide\"><table>\n");
        foreach (var step in report.Steps)
        {
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Mark(step)}</td><td>{Text(step.Name)}</td>");
            page.Append(CultureInfo.InvariantCulture,
                $"<td class=\"number\">{step.Took.TotalSeconds:F1} s</td><td>{Text(step.Note)}</td></tr>\n");
        }

        page.Append("</table></div>\n");
        Folded(page, "Output of the samples", string.Join('\n', report.SampleOutput));
        Folded(page, "Output of KUnit", report.Ktap);
        Folded(page, "Kernel log", report.Console);
        page.Append(CultureInfo.InvariantCulture, $"<p class=\"small\">full log: {Text(report.Log)}</p>\n</article>\n");
    }

    private static void Folded(StringBuilder page, string title, string text)
    {
        if (text.Length > 0)
        {
            page.Append(CultureInfo.InvariantCulture, $"<details><summary>{title}</summary><pre>{Text(text)}</pre></details>\n");
        }
    }

    private static string Mark(ProofStep step) => step.Outcome switch
    {
        Outcome.Passed => "<span class=\"passed\">✓ passed</span>",
        Outcome.Skipped => "<span class=\"skipped\">– skipped</span>",
        _ => "<span class=\"failed\">✗ failed</span>",
    };

    private static string Anchor(int number) => string.Create(CultureInfo.InvariantCulture, $"proof-{number + 1}");

    private static string Count(int number, string noun) =>
        number == 1 ? $"one {noun}" : string.Create(CultureInfo.InvariantCulture, $"{number} {noun}s");

    private static string Text(string text) => WebUtility.HtmlEncode(PlainText.Of(text));
}

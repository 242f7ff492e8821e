// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using Ksocket.Intree.Output;
using Ksocket.Intree.Proof;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Answers;

/// <summary>Prints the results of proofs as text.</summary>
internal static class ProofText
{
    public static void Write(Terminal terminal, IReadOnlyList<TreeProof> proofs)
    {
        if (proofs is [{ Reports: [var only], Refusal: null }])
        {
            foreach (var line in only.SampleOutput)
            {
                terminal.Answer($"  {line}");
            }
        }
        else
        {
            Table(terminal, proofs);
        }

        foreach (var report in proofs.SelectMany(proof => proof.Reports))
        {
            One(terminal, report);
        }

        foreach (var proof in proofs.Where(proof => proof.Refusal is not null))
        {
            terminal.Answer($"{terminal.Bad("refused")}: {proof.Refusal!.Message}");
        }
    }

    /// <summary>A row for each kernel, a column for each form.</summary>
    private static void Table(Terminal terminal, IReadOnlyList<TreeProof> proofs)
    {
        var forms = proofs.SelectMany(proof => proof.Reports).Select(report => report.Form).Distinct().ToList();
        var width = Math.Max(12, proofs.Max(proof => Label(proof, proofs).Length) + 2);
        terminal.Answer(terminal.Strong("kernel".PadRight(width) + string.Concat(forms.Select(form => $"{form.Title(),-20}"))).TrimEnd());
        foreach (var proof in proofs)
        {
            var cells = forms.Select(form => proof.Reports.FirstOrDefault(report => report.Form == form))
                .Select(report => Cell(terminal, report, proof));
            terminal.Answer($"{Label(proof, proofs).PadRight(width)}{string.Concat(cells)}".TrimEnd());
        }
    }

    /// <summary>The version, with the name of the tree if two have the same version.</summary>
    private static string Label(TreeProof proof, IReadOnlyList<TreeProof> proofs)
    {
        var version = VersionOf(proof);
        return version is null ? Path.GetFileName(proof.Name.TrimEnd('/'))
            : proofs.Count(other => VersionOf(other) == version) == 1 ? version : $"{version} {Path.GetFileName(proof.Name.TrimEnd('/'))}";
    }

    private static string? VersionOf(TreeProof proof) => proof.Reports is [var first, ..] ? first.Version : null;

    /// <summary>How far the kernel came; patches are built only, as their form says.</summary>
    private static string Extent(ProofReport report) =>
        report.IsBooted ? ", booted" : report.Form == Form.EachPatch ? "" : ", built and linked, not booted";

    private static string Cell(Terminal terminal, ProofReport? report, TreeProof proof)
    {
        var word = report is null ? proof.Refusal is null ? "-" : "refused" : !report.Proven ? "not proven"
            : report.IsBooted || report.Form == Form.EachPatch ? "proven" : "built";
        var star = report?.Complete == false ? " *" : "";
        var rest = report is null ? "" : string.Create(CultureInfo.InvariantCulture, $" {report.Took.TotalSeconds:F0} s{star}");
        var painted = report is null ? word : report.Proven ? terminal.Good(word) : terminal.Bad(word);
        return painted + rest + new string(' ', Math.Max(1, 20 - word.Length - rest.Length));
    }

    private static void One(Terminal terminal, ProofReport report)
    {
        var added = string.Concat(report.Settings.Select(setting => $", {setting}"));
        var what = $"{report.Subject}{added}";
        var cpu = report.Cpu is { } time ? string.Create(CultureInfo.InvariantCulture, $", {time.TotalSeconds:F1} CPU s") : "";
        var cost = string.Create(CultureInfo.InvariantCulture, $"{report.Took.TotalSeconds:F1} s{cpu}");
        foreach (var step in report.Steps.Where(step => step.Outcome == Outcome.Skipped))
        {
            terminal.Answer($"{terminal.Odd("skipped")}: {what}: {step.Name}: {step.Note}");
        }

        if (report.Failed is not { } failed)
        {
            terminal.Answer($"{terminal.Good("proven")}: {what}{Extent(report)}; {cost}");
            return;
        }

        terminal.Answer($"{terminal.Bad("not proven")}: {what}: {failed.Name}: {failed.Note}");
        if (failed.Diagnosis is { } why)
        {
            terminal.Answer($"  probable cause: {why.Cause}");
            if (why.Again is not null)
            {
                terminal.Answer($"  to reproduce: {why.Again}");
            }
        }
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Answers;

/// <summary>The results of <c>prove --json</c> as a table for the cover letter, with a row for each kernel.</summary>
internal static class ProvedText
{
    private const string NotTested = "-";

    /// <summary>The optional checks.</summary>
    private static readonly string[] Checks = [.. StepKinds.Checks.Select(check => check.Word())];

    /// <summary>Throws if a proof is of another driver than that of the series.</summary>
    /// <param name="driver">The driver of the series; see <see cref="Core.Driver.DriverSource.Hash"/>.</param>
    public static string Read(IReadOnlyList<string> paths, string driver)
    {
        var answers = paths.Select(path => (Path: path, Answer: ProofFile.Read(path))).ToList();
        foreach (var (path, answer) in answers)
        {
            if (answer.Proofs.FirstOrDefault(proof => proof.Driver != driver) is { } other)
            {
                throw IntreeFailure.InTheWay(
                    $"--proof: {path} is a proof of another driver in {other.Tree} ({Short(other.Driver)}) "
                        + $"than the series has ({Short(driver)})",
                    "run prove --json TREE > FILE again, with this ksocket-intree, in a tree without ksocket or after refresh");
            }
        }

        return Table([.. answers.SelectMany(one => one.Answer.Proofs)], [.. answers.SelectMany(one => one.Answer.Refused)]);
    }

    /// <summary>Whether the results show that each patch of this driver builds for this kernel.</summary>
    public static bool ShowsEachPatch(IReadOnlyList<string> paths, string driver, string kernel) =>
        paths.SelectMany(path => ProofFile.Read(path).Proofs).Any(proof =>
            proof.Form == Form.EachPatch.Title() && proof.Proven && proof.Driver == driver && proof.Version == kernel);

    private static string Short(string? hash)
    {
        const int digits = 12;
        return hash is null or "" ? "not this tool's" : hash[..Math.Min(digits, hash.Length)];
    }

    /// <summary>The proofs as a table.</summary>
    internal static string Table(IReadOnlyList<ProofAnswer> proofs, IReadOnlyList<RefusedAnswer> refused)
    {
        var forms = proofs.Select(proof => proof.Form).Distinct().ToList();
        var checks = Checks.Where(check => proofs.Any(proof => proof.Steps.Any(step => step.Step == check))).ToList();
        List<string[]> rows =
        [
            ["linux", "on", .. forms, .. checks],
            .. proofs.GroupBy(proof => (proof.Version, On: Kernel(proof))).Select(kernel => (string[])
            [
                kernel.Key.Version,
                kernel.Key.On,
                .. forms.Select(form => Cell(kernel.Where(proof => proof.Form == form).MinBy(proof => proof.Proven))),
                .. checks.Select(check => Cell([.. kernel], check)),
            ]),
            .. refused.Select(tree => (string[])[Path.GetFileName(tree.Tree.TrimEnd('/')), "refused"]),
        ];
        var widths = rows[0].Select((_, column) => rows.Max(row => row.ElementAtOrDefault(column)?.Length ?? 0)).ToList();
        var lines = rows.Select(row => row.Select((cell, column) => cell.PadRight(widths[column])))
            .Select(cells => $"  {string.Join("  ", cells)}".TrimEnd() + "\n");
        return $"Shown by ksocket-intree prove, which builds, boots and judges:\n\n{string.Concat(lines)}";
    }

    /// <summary>The architecture, the detectors, and what was added to the configuration.</summary>
    private static string Kernel(ProofAnswer proof) =>
        string.Join(", ", [proof.Arch, .. proof.Debug ? ["debug"] : (string[])[], .. proof.Settings ?? []])
        + ProvedDrivers.NoteOf(proof.Drivers ?? []);

    private static string Cell(ProofAnswer? proof) => proof switch
    {
        null => NotTested,
        { Proven: false } => $"FAILED: {proof.Steps.FirstOrDefault(step => step.Outcome == Outcome.Failed)?.Step ?? "nothing ran"}",
        { Booted: false } when proof.Form != Form.EachPatch.Title() => "built",
        { Cases: > 0 } => $"{proof.Cases} pass",
        _ => "pass",
    };

    /// <summary>The worst outcome of a check in any form.</summary>
    private static string Cell(IReadOnlyList<ProofAnswer> proofs, string check)
    {
        var outcomes = proofs.SelectMany(proof => proof.Steps).Where(step => step.Step == check).Select(step => step.Outcome).ToHashSet();
        return outcomes.Count == 0 ? NotTested
            : outcomes.Contains(Outcome.Failed) ? "FAILED"
            : outcomes.Contains(Outcome.Skipped) ? "skipped"
            : "pass";
    }
}

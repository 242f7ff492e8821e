// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using Ksocket.Intree.Proof;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Answers;

internal sealed record DiagnosisAnswer(string Line, string Cause, string? Again);

/// <param name="Outcome">passed, failed or skipped; only passed counts as passed.</param>
internal sealed record StepAnswer(
    string Step, bool Passed, Outcome Outcome, double Seconds, double? CpuSeconds, string Note, DiagnosisAnswer? Diagnosis)
{
    public static StepAnswer Of(ProofStep step) => new(
        step.Name, step.Passed, step.Outcome, Hundredths.Of(step.Took), Hundredths.Of(step.Cpu), step.Note,
        step.Diagnosis is { } why ? new DiagnosisAnswer(why.Line, why.Cause, why.Again) : null);
}

/// <summary>One tree in one form.</summary>
/// <param name="Driver">The SHA-256 of the tested driver, as recorded in a series; null if it is not the driver of this tool.</param>
/// <param name="Cases">How many KUnit cases passed.</param>
/// <param name="Settings">The configuration that the user added, as CONFIG_X=VALUE; null in answers of older releases.</param>
/// <param name="Booted">False if the kernel was built and linked only; null in answers of older releases.</param>
/// <param name="Compiler">The first line of its --version; null if nothing was configured, and in answers of older releases.</param>
/// <param name="Drivers">The names of the tested drivers; null in answers of older releases, which tested ksocket.</param>
/// <param name="Date">The day on which the proof ended, in UTC, as 2026-11-27; null in answers of older releases.</param>
internal sealed record ProofAnswer(
    string Tree, string Version, string Arch, bool Debug, string Form, bool Proven, double Seconds, double? CpuSeconds,
    IReadOnlyList<StepAnswer> Steps, IReadOnlyList<string> Talk, string Log, string? Driver, int Cases,
    IReadOnlyList<string>? Settings = null, bool? Booted = null, string? Compiler = null, string? Date = null,
    IReadOnlyList<string>? Drivers = null)
{
    public static ProofAnswer Of(ProofReport report) => new(
        report.Tree, report.Version, report.Kind.Arch.Name, report.Kind.Debug, report.Form.Title(), report.Proven,
        Hundredths.Of(report.Took), Hundredths.Of(report.Cpu), [.. report.Steps.Select(StepAnswer.Of)], report.SampleOutput, report.Log,
        report.Driver, report.Cases, [.. report.Settings.Select(setting => setting.ToString())], report.IsBooted,
        report.Compiler, report.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), report.Drivers);
}

/// <summary>A tree that could not be proved at all.</summary>
internal sealed record RefusedAnswer(string Tree, string Message, string? Hint);

/// <param name="Complete">Proven, and no requested check was skipped.</param>
internal sealed record ProofsAnswer(bool Proven, IReadOnlyList<ProofAnswer> Proofs, IReadOnlyList<RefusedAnswer> Refused, bool Complete)
{
    public static ProofsAnswer Of(IReadOnlyList<TreeProof> proofs) => new(
        ProofMatrix.ResultOf(proofs) != ProofResult.NotProven,
        [.. proofs.SelectMany(proof => proof.Reports).Select(ProofAnswer.Of)],
        [.. proofs.Where(proof => proof.Refusal is not null)
            .Select(proof => new RefusedAnswer(proof.Name, proof.Refusal!.Message, proof.Refusal.Hint))],
        ProofMatrix.ResultOf(proofs) == ProofResult.Proven);
}

/// <param name="Work">One shell command for each tree and form.</param>
internal sealed record WorkAnswer(IReadOnlyList<string> Work);

/// <summary>Times in seconds, rounded to hundredths.</summary>
internal static class Hundredths
{
    public static double Of(TimeSpan time) => Math.Round(time.TotalSeconds, 2);

    public static double? Of(TimeSpan? time) => time is { } known ? Of(known) : null;
}

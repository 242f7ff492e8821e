// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Proof.Terms;

/// <summary>How a step ended. A check that could not run is skipped, which is not a pass.</summary>
public enum Outcome
{
    Passed,
    Failed,
    Skipped,
}

/// <summary>The result of a step that did not fail.</summary>
public sealed record Finding(Outcome Outcome, string Note)
{
    public static Finding Passed(string note) => new(Outcome.Passed, note);

    public static Finding Skipped(string why) => new(Outcome.Skipped, why);
}

/// <summary>Why a step failed: the first line that reports it, the probable cause, and a command to reproduce it.</summary>
/// <param name="Again">A shell command; null if none ran.</param>
public sealed record Diagnosis(string Line, string Cause, string? Again);

/// <summary>The result of one step of a proof.</summary>
/// <param name="Cpu">The CPU time of make, gcc and the kernel; null if other proofs ran concurrently.</param>
public sealed record ProofStep(Step Step, Outcome Outcome, TimeSpan Took, TimeSpan? Cpu, string Note, Diagnosis? Diagnosis = null)
{
    public string Name => Step.Name;

    public bool Passed => Outcome == Outcome.Passed;
}

// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Proof.Terms;

/// <summary>How a step ended. What could not be checked is skipped, and does not count as passed.</summary>
public enum Outcome
{
    Passed,
    Failed,
    Skipped,
}

/// <summary>What a step found, if it did not fail.</summary>
public sealed record Finding(Outcome Outcome, string Note)
{
    public static Finding Passed(string note) => new(Outcome.Passed, note);

    public static Finding Skipped(string why) => new(Outcome.Skipped, why);
}

/// <summary>Why a step failed: the first line that says so, its probable cause in the driver, and how to see it again.</summary>
/// <param name="Again">A command for a shell; null where none ran.</param>
public sealed record Diagnosis(string Line, string Cause, string? Again);

/// <summary>One step of a proof as it ended.</summary>
/// <param name="Cpu">The processor time of make, gcc and the kernel; null where other proofs ran at the same time.</param>
public sealed record ProofStep(Step Step, Outcome Outcome, TimeSpan Took, TimeSpan? Cpu, string Note, Diagnosis? Diagnosis = null)
{
    public string Name => Step.Name;

    public bool Passed => Outcome == Outcome.Passed;
}

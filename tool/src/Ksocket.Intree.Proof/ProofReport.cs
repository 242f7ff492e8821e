// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Proof.Building;
using Ksocket.Intree.Proof.Judging;

namespace Ksocket.Intree.Proof;

/// <summary>How a step ended. What could not be looked at is skipped, and is never green.</summary>
public enum Outcome
{
    Passed,
    Failed,
    Skipped,
}

/// <summary>One step of a proof as it ended.</summary>
/// <param name="Cpu">The processor time of make, gcc and the kernel; null where other proofs ran at the same time.</param>
public sealed record ProofStep(string Name, Outcome Outcome, TimeSpan Took, TimeSpan? Cpu, string Note, Diagnosis? Diagnosis = null)
{
    public bool Passed => Outcome == Outcome.Passed;
}

/// <summary>What was built and booted of one tree in one form, and what it printed.</summary>
/// <param name="Tree">The tree as its user named it.</param>
/// <param name="Kind">The machine and, if so, "debug".</param>
/// <param name="Talk">What the samples said in the kernel log, line by line.</param>
/// <param name="Ktap">What KUnit said, whole, in the form its kernel says it (Documentation/dev-tools/ktap.rst); nothing where no suite was asked for.</param>
/// <param name="Console">All that the booted kernel printed.</param>
/// <param name="Log">The path of everything that make and the kernel printed.</param>
public sealed record ProofReport(string Tree, string Version, string Kind, Form Form, IReadOnlyList<ProofStep> Steps, IReadOnlyList<string> Talk, string Ktap, string Console, string Log)
{
    /// <summary>Which driver it was (see <see cref="Core.Driver.DriverSource.Hash"/>); null where the tree carries another than this tool's.</summary>
    public string? Driver { get; init; }

    /// <summary>How many KUnit cases passed.</summary>
    public int Cases { get; init; }

    public bool Proven => Steps.Count > 0 && Steps.All(step => step.Outcome != Outcome.Failed);

    /// <summary>Everything that was asked for was looked at.</summary>
    public bool Complete => Steps.All(step => step.Outcome != Outcome.Skipped);

    public ProofStep? Failed => Steps.FirstOrDefault(step => step.Outcome == Outcome.Failed);

    public TimeSpan Took => Sum(Steps.Select(step => step.Took));

    public TimeSpan? Cpu => Steps.All(step => step.Cpu is not null) ? Sum(Steps.Select(step => step.Cpu!.Value)) : null;

    /// <param name="boot">What the kernel printed; null where it did not come to that.</param>
    public static ProofReport Of(ProofName name, KernelKind kind, IReadOnlyList<ProofStep> steps, ChildResult? boot, string? driver, string log)
    {
        var console = new BootLog(boot?.Output ?? "");
        var ktap = name.Form == Form.Tests ? console.Ktap : ""; // of no suites KUnit still has a heading to say
        return new ProofReport(name.Tree, name.Version, kind.ToString(), name.Form, steps, console.Talk, ktap, boot?.Output ?? "", log) { Driver = driver, Cases = console.Cases };
    }

    private static TimeSpan Sum(IEnumerable<TimeSpan> times) => times.Aggregate(TimeSpan.Zero, (sum, time) => sum + time);
}

/// <summary>Which proof of many is spoken of.</summary>
public sealed record ProofName(string Tree, string Version, Form Form);

/// <summary>Hears how a proof goes on, for whoever waits for it; from several threads where several trees are proved.</summary>
public interface IProofListener
{
    /// <summary>Said once, before the first step, if something else must end first.</summary>
    void Waits(ProofName proof, string why);

    void Begins(ProofName proof, string step);

    /// <summary>Said every few seconds while a step runs.</summary>
    void Progress(ProofName proof, string note);

    void Ends(ProofName proof, ProofStep step);
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Processes;
using Ksocket.Intree.Proof.Judging;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof;

/// <summary>What was built and booted of one tree in one form, and what it printed.</summary>
/// <param name="Tree">The tree as its user named it.</param>
/// <param name="Kind">What kind of kernel it was.</param>
/// <param name="SampleOutput">What the samples said in the kernel log, line by line.</param>
/// <param name="Ktap">What KUnit printed, in the form its kernel prints it (Documentation/dev-tools/ktap.rst); empty
/// where no suite was asked for.</param>
/// <param name="Console">What the booted kernel printed; of a very long output both ends.</param>
/// <param name="Log">The path of everything that make and the kernel printed.</param>
public sealed record ProofReport(
    string Tree, string Version, KernelKind Kind, Form Form, IReadOnlyList<ProofStep> Steps,
    IReadOnlyList<string> SampleOutput, string Ktap, string Console, string Log)
{
    /// <summary>
    /// Which driver it was (see <see cref="Core.Driver.DriverSource.Hash"/>); null where the tree carries another than
    /// this tool's.
    /// </summary>
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
    public static ProofReport Of(
        ProofName name, KernelKind kind, IReadOnlyList<ProofStep> steps, ChildResult? boot, string? driver, string log)
    {
        var console = boot is null ? ConsoleText.Empty : new ConsoleText(boot.Output);
        var judged = new BootLog(console);
        var ktap = name.Form == Form.Tests ? judged.Ktap : ""; // without any suite KUnit still prints a heading
        return new ProofReport(name.Tree, name.Version, kind, name.Form, steps, judged.SampleOutput, ktap, console.ToString(), log)
        {
            Driver = driver,
            Cases = judged.Cases,
        };
    }

    private static TimeSpan Sum(IEnumerable<TimeSpan> times) => times.Aggregate(TimeSpan.Zero, (sum, time) => sum + time);
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Processes;
using Ksocket.Intree.Proof.Judging;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof;

/// <summary>The result of one tree in one form.</summary>
/// <param name="Tree">The tree as its user named it.</param>
/// <param name="Kind">What kind of kernel it was.</param>
/// <param name="SampleOutput">The lines that the samples, or the test of the user, printed to the kernel log.</param>
/// <param name="Ktap">The output of KUnit (Documentation/dev-tools/ktap.rst); empty if no suite was requested.</param>
/// <param name="Console">The output of the booted kernel; of a very long one, both ends.</param>
/// <param name="Log">The path of the full log of make and the kernel.</param>
public sealed record ProofReport(
    string Tree, string Version, KernelKind Kind, Form Form, IReadOnlyList<ProofStep> Steps,
    IReadOnlyList<string> SampleOutput, string Ktap, string Console, string Log)
{
    /// <summary>
    /// The hash of the driver (see <see cref="Core.Driver.DriverSource.Hash"/>); null if the tree has another driver than
    /// this tool.
    /// </summary>
    public string? Driver { get; init; }

    /// <summary>The names of the tested drivers.</summary>
    public IReadOnlyList<string> Drivers { get; init; } = ProvedDrivers.Ksocket.Names;

    /// <summary>The kernel and, if it is not ksocket alone, the drivers, for a heading.</summary>
    public string Subject => $"linux {Version}, {Kind}, {Form.Title()}{ProvedDrivers.NoteOf(Drivers)}";

    /// <summary>How many KUnit cases passed.</summary>
    public int Cases { get; init; }

    /// <summary>The first line of its --version, as in .config; null if there is no .config.</summary>
    public string? Compiler { get; init; }

    /// <summary>The day on which the proof ended, in UTC.</summary>
    public DateOnly Date { get; init; }

    /// <summary>The configuration that the user added to the smallest one.</summary>
    public IReadOnlyList<ConfigSetting> Settings { get; init; } = [];

    /// <summary>True if the kernel was booted; otherwise it was built and linked only.</summary>
    public bool IsBooted => Steps.Any(step => step.Step.Kind == StepKind.Boot && step.Passed);

    public bool Proven => Steps.Count > 0 && Steps.All(step => step.Outcome != Outcome.Failed);

    /// <summary>True if no requested check was skipped.</summary>
    public bool Complete => Steps.All(step => step.Outcome != Outcome.Skipped);

    public ProofStep? Failed => Steps.FirstOrDefault(step => step.Outcome == Outcome.Failed);

    public TimeSpan Took => Sum(Steps.Select(step => step.Took));

    public TimeSpan? Cpu => Steps.All(step => step.Cpu is not null) ? Sum(Steps.Select(step => step.Cpu!.Value)) : null;

    /// <param name="boot">The output of the boot; null if there was none.</param>
    /// <param name="own">The drivers or test modules of the user, whose output is shown.</param>
    public static ProofReport Of(
        ProofName name, KernelKind kind, IReadOnlyList<ProofStep> steps, ChildResult? boot, string? driver, string log,
        IReadOnlyList<string>? own = null)
    {
        var console = boot is null ? ConsoleText.Empty : new ConsoleText(boot.Output);
        var judged = new BootLog(console);
        var ktap = name.Form == Form.Tests ? judged.Ktap : ""; // KUnit prints a header even without suites
        var output = name.Form == Form.OwnTest ? judged.OutputOf(own ?? []) : judged.SampleOutput(own ?? []);
        return new ProofReport(name.Tree, name.Version, kind, name.Form, steps, output, ktap, console.ToString(), log)
        {
            Driver = driver,
            Cases = judged.Cases,
            Date = DateOnly.FromDateTime(DateTime.UtcNow),
        };
    }

    private static TimeSpan Sum(IEnumerable<TimeSpan> times) => times.Aggregate(TimeSpan.Zero, (sum, time) => sum + time);
}

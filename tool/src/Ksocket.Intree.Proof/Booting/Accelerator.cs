// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Concurrent;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof.Booting;

/// <summary>
/// Selects KVM or TCG. An accessible /dev/kvm is no guarantee: on some machines a KVM guest hangs, uses a full core and
/// prints nothing. A trial boot with a timeout decides; if it fails, TCG is used, and the report gives the reason.
/// </summary>
public static class Accelerator
{
    public const string Kvm = "kvm";
    public const string Tcg = "tcg";

    /// <summary>A kernel under KVM prints its first line in a fraction of this.</summary>
    private static readonly TimeSpan TrialTimeout = TimeSpan.FromSeconds(5);

    private static readonly ConcurrentDictionary<string, (string, string)> Tried = new();

    /// <summary>The accelerator and, for the report, why it was chosen. One trial per emulator and run.</summary>
    public static (string Accelerator, string Why) Choose(Emulator emulator, Func<TimeSpan, ChildResult> start) =>
        Tried.GetOrAdd(emulator.Program, _ => Try(start));

    /// <summary>True for the first console line of a running kernel.</summary>
    public static bool Runs(string line) => line.Contains("Linux version ", StringComparison.Ordinal);

    internal static (string Accelerator, string Why) Try(Func<TimeSpan, ChildResult> start)
    {
        if (!CanOpen("/dev/kvm"))
        {
            return (Tcg, " (/dev/kvm is not accessible)");
        }

        var trial = start(TrialTimeout);
        return new ConsoleText(trial.Output).Lines.Any(Runs) ? (Kvm, "")
            : trial.TimedOut ? (Tcg, $" (/dev/kvm is accessible, but a guest hung for {TrialTimeout.TotalSeconds:F0} s)")
            : (Tcg, " (/dev/kvm is accessible, but does not run this kernel)");
    }

    private static bool CanOpen(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Concurrent;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof.Booting;

/// <summary>
/// What runs the guest's code. That /dev/kvm opens proves nothing: on some machines a guest then hangs for ever, using a
/// whole core and printing nothing. So KVM is tried with a time limit; if that passes, TCG is used, and the report says so.
/// </summary>
public static class Accelerator
{
    public const string Kvm = "kvm";
    public const string Tcg = "tcg";

    /// <summary>A kernel under KVM says its first line within a fraction of this.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly ConcurrentDictionary<string, (string, string)> Tried = new();

    /// <summary>The accelerator, and what is to be said of the choice. One trial for each emulator and run.</summary>
    public static (string Accelerator, string Why) Choose(Emulator emulator, Func<TimeSpan, ChildResult> start) =>
        Tried.GetOrAdd(emulator.Program, _ => Try(start));

    /// <summary>What the console shows first of a kernel that runs.</summary>
    public static bool Runs(string line) => line.Contains("Linux version ", StringComparison.Ordinal);

    internal static (string Accelerator, string Why) Try(Func<TimeSpan, ChildResult> start)
    {
        if (!CanOpen("/dev/kvm"))
        {
            return (Tcg, " (no /dev/kvm for us)");
        }

        var trial = start(Patience);
        return new ConsoleText(trial.Output).Lines.Any(Runs) ? (Kvm, "")
            : trial.TimedOut ? (Tcg, $" (/dev/kvm opens, but a guest hung in it for {Patience.TotalSeconds:F0} s)")
            : (Tcg, " (/dev/kvm opens, but does not run this kernel)");
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

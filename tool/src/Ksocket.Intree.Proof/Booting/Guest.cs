// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof.Booting;

/// <summary>What a boot printed and how it ended.</summary>
/// <param name="Note">The emulator and accelerator, for the report.</param>
public sealed record GuestRun(ChildResult Result, string Note);

/// <summary>A machine that boots a kernel with an initramfs, once.</summary>
public abstract class Guest
{
    /// <summary>
    /// A kernel ignores the KUnit parameters that it does not know. ignore_loglevel: warnings must reach the console
    /// whatever log level the distribution configured.
    /// </summary>
    protected static IReadOnlyList<string> KernelParameters { get; } = ["kunit.enable=1", "kunit.autorun=1", "ignore_loglevel"];

    /// <param name="isUneventful">True for a boot that ended before any driver code can have run, and that reported nothing.</param>
    public static Guest For(
        KernelKind kind, Form form, string image, string folder, ProofLog log, BootLimits limits, Predicate<ConsoleText> isUneventful)
    {
        var megabytes = kind.Debug ? 1024 : form == Form.OwnTest ? 512 : 256;
        return kind.Arch == Arch.Um
            ? new UserModeGuest(image, folder, log, megabytes, limits)
            : new QemuGuest(Emulator.Find(), image, log, megabytes, limits, isUneventful);
    }

    public abstract GuestRun Run(string initramfs);

    /// <summary>How a boot ended, before its output is judged.</summary>
    protected static string Ending(ChildResult result) => result.TimedOut ? "timed out and was killed"
        : result.ExitCode == 0 ? "powered off" : string.Create(CultureInfo.InvariantCulture, $"exited with {result.ExitCode}");
}

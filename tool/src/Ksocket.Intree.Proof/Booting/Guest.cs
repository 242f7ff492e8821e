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
        KernelKind kind, string image, string folder, ProofLog log, BootLimits limits, Predicate<ConsoleText> isUneventful) =>
        kind.Arch == Arch.Um
            ? new UserModeGuest(image, folder, log, kind.Debug ? 768 : 256, limits)
            : new QemuGuest(Emulator.Find(), image, log, kind.Debug ? 1024 : 256, limits, isUneventful);

    public abstract GuestRun Run(string initramfs);

    /// <summary>How a boot ended, before its output is judged.</summary>
    protected static string Ending(ChildResult result) => result.TimedOut ? "timed out and was killed"
        : result.ExitCode == 0 ? "powered off" : string.Create(CultureInfo.InvariantCulture, $"exited with {result.ExitCode}");
}

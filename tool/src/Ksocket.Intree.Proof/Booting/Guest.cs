// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof.Booting;

/// <summary>What a boot printed and how it ended.</summary>
/// <param name="Note">About the machine it ran on, for the report.</param>
public sealed record GuestRun(ChildResult Result, string Note);

/// <summary>A machine that boots a kernel with an initramfs, once.</summary>
public abstract class Guest
{
    /// <summary>
    /// Of kunit's parameters, a kernel takes those it knows and passes over the others. Whatever level its distributor
    /// keeps from the console, a warning must reach it.
    /// </summary>
    protected static IReadOnlyList<string> KernelParameters { get; } = ["kunit.enable=1", "kunit.autorun=1", "ignore_loglevel"];

    /// <param name="isUneventful">True of a boot that ended before the driver's code may have run, and that reported nothing.</param>
    public static Guest For(
        KernelKind kind, string image, string folder, ProofLog log, BootLimits limits, Predicate<ConsoleText> isUneventful) =>
        kind.Arch == Arch.Um
            ? new UserModeGuest(image, folder, log, kind.Debug ? 768 : 256, limits)
            : new QemuGuest(Emulator.Find(), image, log, kind.Debug ? 1024 : 256, limits, isUneventful);

    public abstract GuestRun Run(string initramfs);

    /// <summary>How a boot ended, before its output is judged.</summary>
    protected static string Ending(ChildResult result) => result.TimedOut ? "did not end, and was ended"
        : result.ExitCode == 0 ? "powered off" : string.Create(CultureInfo.InvariantCulture, $"ended with {result.ExitCode}");
}

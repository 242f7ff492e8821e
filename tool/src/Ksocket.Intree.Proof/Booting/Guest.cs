// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using Ksocket.Intree.Proof.Building;

namespace Ksocket.Intree.Proof.Booting;

/// <summary>What a boot printed and how it ended, and what is to be said of the machine it ran on.</summary>
public sealed record GuestRun(ChildResult Result, string Note);

/// <summary>A machine that boots a kernel with an initramfs, once.</summary>
public abstract class Guest
{
    /// <summary>
    /// Of kunit's parameters, a kernel takes those it knows and passes over the others. Whatever level its distributor
    /// keeps from the console, a warning must reach it.
    /// </summary>
    protected static IReadOnlyList<string> KernelParameters { get; } = ["kunit.enable=1", "kunit.autorun=1", "ignore_loglevel"];

    public static Guest For(KernelKind kind, string image, string folder, ProofLog log, BootLimits limits) =>
        kind.Arch == Arch.Um ? new UserModeGuest(image, folder, log, kind.Debug ? 768 : 256, limits)
        : new QemuGuest(Emulator.Find(), image, log, kind.Debug ? 1024 : 256, limits);

    public abstract GuestRun Run(string initramfs);

    /// <summary>How a boot ended, before anybody reads what it said.</summary>
    protected static string Ending(ChildResult result) => result.TimedOut ? "did not end, and was ended"
        : result.ExitCode == 0 ? "powered off" : string.Create(CultureInfo.InvariantCulture, $"ended with {result.ExitCode}");
}

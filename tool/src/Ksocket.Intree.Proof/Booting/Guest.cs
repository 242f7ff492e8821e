// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Proof.Building;

namespace Ksocket.Intree.Proof.Booting;

/// <summary>What a boot printed and how it ended, and what is to be said of the machine it ran on.</summary>
public sealed record GuestRun(ChildResult Result, string Note);

/// <summary>A machine that boots a kernel with an initramfs, once.</summary>
public abstract class Guest
{
    /// <summary>Longest boot, and longest time without a line: a kernel that says nothing for so long hangs.</summary>
    protected static TimeSpan Limit { get; } = TimeSpan.FromMinutes(10);

    protected static TimeSpan Silence { get; } = TimeSpan.FromSeconds(60);

    /// <summary>Of kunit's parameters, a kernel takes those it knows and passes over the others.</summary>
    protected static IReadOnlyList<string> KernelParameters { get; } = ["kunit.enable=1", "kunit.autorun=1"];

    public static Guest For(KernelKind kind, string image, string folder, ProofLog log) =>
        kind.Arch == Arch.Um ? new UserModeGuest(image, folder, log, kind.Debug ? 768 : 256)
        : new QemuGuest(image, log, kind.Debug ? 1024 : 256);

    public abstract GuestRun Run(string initramfs);
}

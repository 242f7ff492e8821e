// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Processes;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof.Booting;

/// <summary>
/// A user-mode Linux kernel, run as a child process. On a CPU with AMX, kernels up to 6.12 cannot start a program, since they have too
/// little room for its registers; a library that is preloaded into the kernel passes on what they leave out (Preload/xstate.c).
/// </summary>
public sealed class UserModeGuest(string kernel, string folder, ProofLog log, int megabytes, BootLimits limits) : Guest
{
    public override GuestRun Run(string initramfs)
    {
        string[] arguments = [$"mem={megabytes}M", $"initrd={initramfs}", "con=null", "con0=null,fd:1", .. KernelParameters];
        log.Command(kernel, arguments);
        var environment = new Dictionary<string, string?> { ["TMPDIR"] = folder, ["HOME"] = folder };
        if (HasTileRegisters)
        {
            environment["LD_PRELOAD"] = CompiledSources.Compile(
                folder, "preload/", "xstate", ["-shared", "-fPIC"], "apt-get install libc6-dev", log);
        }

        var result = new Child(kernel, arguments)
        {
            Folder = folder,
            Limit = limits.Whole,
            Silence = limits.Silence,
            OnLine = log.Write,
            // UML maps its memory executable from a file in TMPDIR, which fails in a noexec /tmp. It also creates a folder
            // in HOME and panics if it cannot: a service has no HOME, and a user's must not be changed.
            Environment = environment,
        }.Run();
        return new GuestRun(result, HasTileRegisters ? Ending(result) + ", with the registers of AMX passed on" : Ending(result));
    }

    private static bool HasTileRegisters { get; } =
        File.ReadLines("/proc/cpuinfo").Any(line => line.StartsWith("flags", StringComparison.Ordinal) && line.Contains(" amx_tile"));
}

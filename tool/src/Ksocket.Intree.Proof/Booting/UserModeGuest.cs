// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Processes;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof.Booting;

/// <summary>A user-mode Linux kernel, run as a child process.</summary>
public sealed class UserModeGuest(string kernel, string folder, ProofLog log, int megabytes, BootLimits limits) : Guest
{
    public override GuestRun Run(string initramfs)
    {
        string[] arguments = [$"mem={megabytes}M", $"initrd={initramfs}", "con=null", "con0=null,fd:1", .. KernelParameters];
        log.Command(kernel, arguments);
        var result = new Child(kernel, arguments)
        {
            Folder = folder,
            Limit = limits.Whole,
            Silence = limits.Silence,
            OnLine = log.Write,
            // UML maps its memory executable from a file in TMPDIR, which fails in a noexec /tmp. It also creates a folder
            // in HOME and panics if it cannot: a service has no HOME, and a user's must not be changed.
            Environment = new Dictionary<string, string?> { ["TMPDIR"] = folder, ["HOME"] = folder },
        }.Run();
        return new GuestRun(result, Ending(result));
    }
}

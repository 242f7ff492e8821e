// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Processes;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof.Booting;

/// <summary>A user-mode kernel: a process of ours.</summary>
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
            // UML maps its memory from a file in TMPDIR with the right to execute, which a noexec /tmp denies; and it makes a
            // folder below HOME, without which it panics: a service has none, and a user's is not ours to write to.
            Environment = new Dictionary<string, string?> { ["TMPDIR"] = folder, ["HOME"] = folder },
        }.Run();
        return new GuestRun(result, Ending(result));
    }
}

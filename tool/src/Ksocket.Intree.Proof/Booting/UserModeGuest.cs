// SPDX-License-Identifier: GPL-2.0-only
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
            // UML maps its memory from a file here with the right to execute, which a noexec /tmp denies.
            Environment = new Dictionary<string, string?> { ["TMPDIR"] = folder },
        }.Run();
        return new GuestRun(result, Ending(result));
    }
}

// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Proof.Booting;

/// <summary>A PC under QEMU, its first serial port our console.</summary>
public sealed class QemuGuest(Emulator emulator, string kernel, ProofLog log, int megabytes, BootLimits limits) : Guest
{
    private const int Tries = 3;

    public override GuestRun Run(string initramfs)
    {
        var (accelerator, why) = Accelerator.Choose(emulator, limit => Start(Accelerator.Kvm, initramfs, limit));
        for (var attempt = 1; ; attempt++)
        {
            var result = Start(accelerator, initramfs, limit: null);
            // Only what the emulator may have done is tried again: a death before our /init ran. Never a later failure.
            if (BeganInit(result) || attempt == Tries)
            {
                return new GuestRun(result, $"{emulator} with {accelerator}{why}{(attempt > 1 ? $"; at try {attempt}: before that it died ahead of /init" : "")}{(accelerator == Accelerator.Tcg ? emulator.Caution : "")}");
            }
        }
    }

    private static bool BeganInit(ChildResult result) => result.Output.Contains("prove: ", StringComparison.Ordinal) || result.Output.Contains("as init process", StringComparison.Ordinal);

    private ChildResult Start(string accelerator, string initramfs, TimeSpan? limit)
    {
        string[] arguments =
        [
            .. emulator.OwnArguments,
            "-accel", accelerator, "-cpu", accelerator == Accelerator.Kvm ? "host" : "max", "-smp", "1", "-m", $"{megabytes}",
            "-nodefaults", "-display", "none", "-serial", "stdio", "-no-reboot", "-kernel", kernel, "-initrd", initramfs,
            "-append", string.Join(' ', KernelParameters.Prepend("console=ttyS0 panic=-1 reboot=t")),
        ];
        log.Command(emulator.Program, arguments);
        return new Child(emulator.Program, arguments)
        {
            Limit = limit is null ? limits.Whole : null,
            Silence = limit ?? limits.Silence,
            OnLine = log.Write,
        }.Run();
    }
}

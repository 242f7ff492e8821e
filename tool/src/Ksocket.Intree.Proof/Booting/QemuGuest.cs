// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Processes;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof.Booting;

/// <summary>A PC under QEMU with the console on the first serial port.</summary>
public sealed class QemuGuest(
    Emulator emulator, string kernel, ProofLog log, int megabytes, BootLimits limits, Predicate<ConsoleText> isUneventful) : Guest
{
    private const int Tries = 3;

    public override GuestRun Run(string initramfs)
    {
        var (accelerator, why) = Accelerator.Choose(emulator, limit => Start(Accelerator.Kvm, initramfs, limit));
        for (var attempt = 1; ; attempt++)
        {
            var result = Start(accelerator, initramfs, trial: null);
            if (attempt == Tries || !(accelerator == Accelerator.Tcg && emulator.DiesEarly && MayRetry(result)))
            {
                var again = attempt > 1 ? $"; attempt {attempt}: QEMU crashed before /init in the earlier ones" : "";
                var caution = accelerator == Accelerator.Tcg ? emulator.Caution : "";
                return new GuestRun(result, $"{emulator} with {accelerator}{why}{again}{caution}");
            }
        }
    }

    /// <summary>
    /// Retries only the known bug of the emulator: a crash before /init. Never one that the kernel reported, and never one
    /// after driver code may have run.
    /// </summary>
    private bool MayRetry(ChildResult result) => !result.TimedOut && isUneventful(new ConsoleText(result.Output));

    private ChildResult Start(string accelerator, string initramfs, TimeSpan? trial)
    {
        string[] arguments =
        [
            .. emulator.OwnArguments,
            "-accel", accelerator, "-cpu", accelerator == Accelerator.Kvm ? "host" : "max", "-smp", "1", "-m", $"{megabytes}",
            "-nodefaults", "-display", "none", "-serial", "stdio", "-no-reboot", "-kernel", kernel, "-initrd", initramfs,
            "-append", string.Join(' ', KernelParameters.Prepend("console=ttyS0 panic=-1 reboot=t mitigations=off")),
        ];
        log.Command(emulator.Program, arguments);
        return new Child(emulator.Program, arguments)
        {
            Limit = limits.Whole,
            Silence = trial ?? limits.Silence,
            // A trial ends at the first line of the kernel; the actual test boot follows.
            Until = trial is null ? null : line => Accelerator.Runs(line.ToString()),
            OnLine = log.Write,
        }.Run();
    }
}

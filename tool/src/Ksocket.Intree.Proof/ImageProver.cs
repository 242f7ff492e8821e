// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Proof.Booting;
using Ksocket.Intree.Proof.Building;
using Ksocket.Intree.Proof.Judging;
using Ksocket.Intree.Proof.Prebuilt;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof;

/// <summary>
/// Proves the modules on a prebuilt kernel: builds them with its headers, and boots the kernel unchanged. Needs no tree.
/// </summary>
public static class ImageProver
{
    private static readonly KernelKind Kind = new(Arch.X86, Debug: false);

    /// <summary>Kernels of distributions are big.</summary>
    private const int Megabytes = 512;

    public static TreeProof Run(string imagePath, string headersPath, string work, IProofListener listener, BootLimits limits)
    {
        var image = KernelImage.Open(imagePath);
        var headers = HeaderFolder.Open(headersPath, image);
        KernelTools.RefuseIfMissing();
        var emulator = Emulator.Find(); // fail before the build, not after it
        var name = new ProofName(imagePath, image.Release, Form.Module);
        using var folder = WorkFolder.OpenForImage(work, image.Release, headers.Path, why => listener.Waits(name, why));
        using var log = WorkDisk.Try(folder.LogOf(Kind, Form.Module), () => new ProofLog(folder.LogOf(Kind, Form.Module)));
        var steps = new Steps(name, listener, log, alone: true, CancellationToken.None);
        var build = new ModuleBuild(headers, folder.OutputOf(Kind), log);
        IReadOnlyList<Module> modules = [];
        ChildResult? boot = null;

        _ = steps.Run(StepKind.Prepare, () => Prepare(build))
            && steps.Run(StepKind.Build, () => Build(build, out modules))
            && steps.Run(StepKind.Boot, () => Boot(GuestOf(emulator, image, log, limits), folder, modules, log, out boot))
            && steps.Run(StepKind.Verdict, () => Judge(image, boot!));

        return new TreeProof(imagePath, [ProofReport.Of(name, Kind, steps.Done, boot, DriverSource.Bundled.Hash, log.Path)], Refusal: null);
    }

    private static QemuGuest GuestOf(Emulator emulator, KernelImage image, ProofLog log, BootLimits limits) =>
        new(emulator, image.Path, log, Megabytes, limits, console => new BootLog(console).IsUneventful);

    private static Finding Prepare(ModuleBuild build)
    {
        build.WriteSources(DriverSource.Bundled);
        return Finding.Passed("sources of driver and samples, to build out of tree");
    }

    private static Finding Build(ModuleBuild build, out IReadOnlyList<Module> modules)
    {
        build.Make(Environment.ProcessorCount);
        modules = build.Read();
        return Finding.Passed($"{modules.Count} modules; modpost resolved every call");
    }

    private static Finding Boot(QemuGuest guest, WorkFolder folder, IReadOnlyList<Module> modules, ProofLog log, out ChildResult boot)
    {
        var initramfs = Initramfs.Write(folder.BootOf(Kind), modules, BootScript.For(Form.Module, Kind.Arch, detectors: []), log);
        var run = guest.Run(initramfs);
        boot = run.Result;
        return Finding.Passed(run.Note);
    }

    private static Finding Judge(KernelImage image, ChildResult boot)
    {
        new BootLog(new ConsoleText(boot.Output)).JudgeRelease(image.Release);
        return new Verdict(Form.Module, Kind).Judge(boot);
    }
}

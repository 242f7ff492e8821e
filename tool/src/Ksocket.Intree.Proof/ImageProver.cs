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

    /// <param name="test">A test to run instead of the samples; null for the samples.</param>
    public static TreeProof Run(
        string imagePath, string headersPath, string work, IProofListener listener, BootLimits limits, OwnTest? test = null)
    {
        var form = test is null ? Form.Module : Form.OwnTest;
        var image = KernelImage.Open(imagePath);
        var headers = HeaderFolder.Open(headersPath, image);
        KernelTools.RefuseIfMissing(Kind.Arch);
        var emulator = Emulator.Find(); // fail before the build, not after it
        var name = new ProofName(imagePath, image.Release, form);
        using var folder = WorkFolder.OpenForImage(work, image.Release, headers.Path, why => listener.Waits(name, why));
        using var log = WorkDisk.Try(folder.LogOf(Kind, form), () => new ProofLog(folder.LogOf(Kind, form)));
        var steps = new Steps(name, listener, log, alone: true, CancellationToken.None);
        var build = new ModuleBuild(headers, folder.OutputOf(Kind), log);
        IReadOnlyList<Module> modules = [];
        IReadOnlyList<Module> testModules = [];
        ChildResult? boot = null;

        _ = steps.Run(StepKind.Prepare, () => Prepare(build))
            && steps.Run(StepKind.Build, () => Build(build, test, folder.TestsOf(Kind), out modules, out testModules))
            && steps.Run(StepKind.Boot, () =>
                Boot(GuestOf(emulator, image, log, limits, form), folder, [.. modules, .. testModules], test, log, out boot))
            && steps.Run(StepKind.Verdict, () => Judge(image, form, boot!));

        var report = ProofReport.Of(
            name, Kind, steps.Done, boot, DriverSource.Bundled.Hash, log.Path, [.. testModules.Select(module => module.Name)]);
        return new TreeProof(imagePath, [report], Refusal: null);
    }

    private static QemuGuest GuestOf(Emulator emulator, KernelImage image, ProofLog log, BootLimits limits, Form form) =>
        new(emulator, image.Path, log, Megabytes, form == Form.OwnTest ? limits.WithSilence : limits,
            console => new BootLog(console).IsUneventful);

    private static Finding Prepare(ModuleBuild build)
    {
        build.WriteSources(DriverSource.Bundled);
        return Finding.Passed("sources of driver and samples, to build out of tree");
    }

    private static Finding Build(
        ModuleBuild build, OwnTest? test, string work, out IReadOnlyList<Module> modules, out IReadOnlyList<Module> testModules)
    {
        build.Make(Environment.ProcessorCount);
        modules = build.Read();
        testModules = test is null ? [] : Modules.ReadFiles(TestModules.Build(test.ModuleFolders, work, build.MakeTest));
        return Finding.Passed($"{modules.Count + testModules.Count} modules; modpost resolved every call");
    }

    private static Finding Boot(
        QemuGuest guest, WorkFolder folder, IReadOnlyList<Module> modules, OwnTest? test, ProofLog log, out ChildResult boot)
    {
        var script = BootScript.For(test is null ? Form.Module : Form.OwnTest, Kind.Arch, detectors: [], test?.Script ?? "");
        var initramfs = Initramfs.Write(folder.BootOf(Kind), modules, script, log, test?.Program);
        var run = guest.Run(initramfs);
        boot = run.Result;
        return Finding.Passed(run.Note);
    }

    private static Finding Judge(KernelImage image, Form form, ChildResult boot)
    {
        new BootLog(new ConsoleText(boot.Output)).JudgeRelease(image.Release);
        return new Verdict(form, Kind).Judge(boot);
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Series;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Files;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Proof.Booting;
using Ksocket.Intree.Proof.Building;
using Ksocket.Intree.Proof.Checking;
using Ksocket.Intree.Proof.Copying;
using Ksocket.Intree.Proof.Judging;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof;

/// <summary>
/// Proves one tree: configures a minimal kernel with the driver and its samples, builds it, boots it, and checks what it
/// printed. The tree is never written to.
/// </summary>
public sealed class Prover
{
    private readonly ProofRequest _request;
    private readonly IProofListener _listener;
    private readonly KernelVersion _version;
    private readonly WorkFolder _work;
    private readonly CancellationToken _stop;
    private readonly SourceCopy _copy;
    private FolderTree? _source;
    private string? _driver;
    private string? _compiler;
    private IReadOnlyList<string> _kept = [];
    private IReadOnlyList<string> _testModules = [];

    private Prover(ProofRequest request, IProofListener listener, KernelVersion version, WorkFolder work, CancellationToken stop)
    {
        (_request, _listener, _version, _work, _stop) = (request, listener, version, work, stop);
        _copy = new SourceCopy(request.Tree, work.Source, work.Record, work.DropOutputs);
    }

    /// <summary>True if no other proof runs concurrently, so CPU time can be attributed.</summary>
    private bool Alone => _request.Jobs >= Environment.ProcessorCount;

    /// <summary>Returns a report for each requested form as it is done.</summary>
    public static IEnumerable<ProofReport> Run(ProofRequest request, IProofListener listener, CancellationToken stop = default)
    {
        KernelTools.RefuseIfMissing(request.Kind.Arch);
        if (request.Kind.Arch == Arch.X86 && request.Forms.Any(form => form != Form.EachPatch))
        {
            _ = Emulator.Find(); // fail before the build, not after it
        }

        var version = KernelVersion.Read(request.Tree);
        var first = new ProofName(request.Tree.Name, version.ToString(), request.Forms[0]);
        using var work = WorkFolder.Open(request.Work, request.Tree, version, why => listener.Waits(first, why), stop);
        var prover = new Prover(request, listener, version, work, stop);
        foreach (var form in request.Forms)
        {
            yield return prover.Prove(form);
        }
    }

    private ProofReport Prove(Form form)
    {
        var kind = _request.Kind;
        using var log = WorkDisk.Try(_work.LogOf(kind, form), () => new ProofLog(_work.LogOf(kind, form)));
        var name = new ProofName(_request.Tree.Name, _version.ToString(), form);
        var steps = new Steps(name, _listener, log, Alone, _stop) { Own = _request.Drivers.Own };
        var series = form == Form.EachPatch ? SeriesPlanner.Plan(_request.Tree, _request.Drivers.All, Parts.All) : null;
        ChildResult? boot = null;

        if (steps.Run(StepKind.Prepare, () => Prepare(steps.Progress)))
        {
            var build = new KernelBuild(_source!, _work.OutputOf(kind), kind.Arch, log, _request.Jobs)
            {
                History = _work.HistoryOf(kind, _version),
            };
            if (series is null)
            {
                boot = BuildAndBoot(build, form, steps, log);
            }
            else
            {
                new PatchByPatch(series, _request.Drivers, _copy, _source!, build, kind, _request.Settings, _work.Scratch, log).Run(steps);
            }

            _compiler = build.Compiler;
        }

        var driver = series is null ? _driver : _request.Drivers.Bundled ? DriverSource.Bundled.Hash : null;
        var own = _testModules.Select(path => Path.GetFileNameWithoutExtension(path))
            .Concat(_request.Drivers.Own.Select(one => one.Name)).ToList();
        return ProofReport.Of(name, kind, steps.Done, boot, driver, log.Path, own) with
        {
            Drivers = _request.Drivers.Names,
            Settings = _request.Settings,
            Compiler = _compiler,
        };
    }

    /// <summary>Returns the boot, if there was one.</summary>
    private ChildResult? BuildAndBoot(KernelBuild build, Form form, Steps steps, ProofLog log)
    {
        ChildResult? boot = null;
        _ = steps.Run(StepKind.Configure, () => Configure(build, form))
            && steps.Run(StepKind.Build, () => Build(build, form, steps.Progress))
            && steps.Run(StepKind.Symbols, () => Symbols(build, form))
            && (_request.Kind.Arch.IsBooted
                ? steps.Run(StepKind.Boot, () => Boot(build, form, log, out boot))
                    && steps.Run(StepKind.Verdict, () =>
                        new Verdict(form, _request.Kind, _request.Drivers).Judge(boot!, _source!))
                : steps.Run(StepKind.Verdict, () => Linked(build, form)));
        if (steps.HasPassed(StepKind.Build))
        {
            foreach (var check in _request.Checks.For(new CheckedTree(_source!, build, form, _request.Drivers, _work.Scratch, log)))
            {
                steps.Run(check.Kind, check.Run);
            }
        }

        return boot;
    }

    /// <summary>A tree with driver and samples is proved as it is; in any other, the missing parts are added to the copy.</summary>
    private Finding Prepare(Action<string> progress)
    {
        if (_source is not null)
        {
            return Finding.Passed("same sources");
        }

        var missing = MissingParts.Of(_request.Tree, _request.Drivers);
        _copy.Update(missing.Changes, progress);
        _source = FolderTree.Open(_work.Source);
        var driver = DriverSource.Bundled;
        _driver = _request.Drivers.Bundled && MissingParts.IsWhole(_source, driver) ? driver.Hash : null;
        var added = missing.Names.Count == 0 ? "" : $", with {string.Join(" and ", missing.Names)} added";
        return Finding.Passed($"a copy of the tree{added}");
    }

    private Finding Configure(KernelBuild build, Form form)
    {
        var fragment = Fragment.For(_request.Kind, form, _request.Drivers).With(_request.Settings);
        var lost = build.Configure(fragment, _copy.KconfigInputs);
        if (lost.Count > 0 && lost.Count == fragment.Wanted.Count)
        {
            throw IntreeFailure.NotProven(
                $"this kernel supports none of the detectors on {_request.Kind.Arch}: {string.Join(", ", lost)}",
                    "run prove without --debug, or with another --arch");
        }

        var summary = string.Join(", ", [
            .. _request.Drivers.Bundled ? (string[])[SettingsOf(form)] : [],
            .. _request.Drivers.Settings(form), .. _request.Settings]);
        _kept = [.. fragment.Wanted.Concat(_request.Settings.Where(setting => !setting.IsOff))
            .Select(setting => setting.Symbol).Except(lost)];
        var none = lost.Count > 0 ? $"; not supported by this kernel: {string.Join(", ", lost)}" : "";
        return Finding.Passed(_request.Kind.Debug ? $"{summary}; {string.Join(", ", _kept)}{none}" : summary);
    }

    private static string SettingsOf(Form form) => form switch
    {
        Form.BuiltIn => "KSOCKET=y, samples built in",
        Form.Module => "KSOCKET=m, samples as modules",
        Form.OwnTest => "KSOCKET=y, no samples",
        _ => "KSOCKET=y, KUnit suites built in",
    };

    private Finding Build(KernelBuild build, Form form, Action<string> progress)
    {
        OwnObjects.Delete(build.Output, _request.Drivers);
        if (form == Form.Module)
        {
            Modules.DeleteOld(build.Output);
        }

        build.Build(form is Form.Module or Form.OwnTest ? [_request.Kind.Arch.Image, "modules"] : [_request.Kind.Arch.Image], progress);
        if (form == Form.OwnTest)
        {
            _testModules = TestModules.Build(
                _request.Test!.ModuleFolders, _work.TestsOf(_request.Kind), folder => build.Build([$"M={folder}", "modules"], progress));
        }

        var size = new FileInfo(build.Image).Length / 1024.0 / 1024.0;
        return Finding.Passed(string.Create(CultureInfo.InvariantCulture, $"{_request.Kind.Arch.Image}, {size:F1} MiB"));
    }

    private Finding Symbols(KernelBuild build, Form form) =>
        Finding.Passed(SymbolCheck.Run(_source!, build.Output, form, _request.Drivers.All));

    /// <summary>The result for a kernel that this machine does not boot.</summary>
    private Finding Linked(KernelBuild build, Form form)
    {
        var count = form == Form.Module ? ModulesOf(build).Count + Modules.ReadOwn(build.Output, _request.Drivers).Count : 0;
        var modules = count > 0 ? $", {count} modules" : "";
        return Finding.Passed($"built and linked for {_request.Kind.Arch}{modules}, not booted: run-time behaviour is not tested");
    }

    private Finding Boot(KernelBuild build, Form form, ProofLog log, out ChildResult boot)
    {
        var folder = _work.BootOf(_request.Kind);
        var limits = form == Form.OwnTest ? _request.Limits.WithSilence : _request.Limits;
        var guest = Guest.For(_request.Kind, form, build.Image, folder, log, limits, console => new BootLog(console).IsUneventful);
        var modules = form == Form.Module ? ModulesOf(build) : Modules.ReadFiles(_testModules);
        IReadOnlyList<Module> own = form == Form.Module ? Modules.ReadOwn(build.Output, _request.Drivers) : [];
        var script = BootScript.For(
            form, _request.Kind.Arch, _kept, _request.Test?.Script ?? "", _request.Drivers, [.. own.Select(module => module.Name)]);
        var initramfs = Initramfs.Write(folder, [.. modules, .. own], script, log, _request.Test?.Program);
        var run = guest.Run(initramfs);
        boot = run.Result;
        return Finding.Passed(run.Note);
    }

    private IReadOnlyList<Module> ModulesOf(KernelBuild build) => _request.Drivers.Bundled ? Modules.Read(build.Output) : [];
}

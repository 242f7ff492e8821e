// SPDX-License-Identifier: GPL-2.0-only
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Files;

namespace Ksocket.Intree.Proof;

/// <summary>
/// Takes a tree from wired to proven: configures a minimal kernel with the driver and its samples, builds it, boots
/// it, and judges by what the samples said. The tree is never written to.
/// </summary>
public sealed partial class Prover
{
    private readonly ProofRequest _request;
    private readonly IProofListener _listener;
    private readonly ProofLog _log;
    private readonly string _work;
    private readonly List<ProofStep> _steps = [];
    private IReadOnlyList<string> _talk = [];

    private Prover(ProofRequest request, IProofListener listener, KernelVersion version)
    {
        (_request, _listener) = (request, listener);
        var place = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(request.Tree.Root)))[..8];
        _work = Path.Combine(Path.GetFullPath(request.Work), $"{version.Line}-{ProofReport.Arch}-{place}");
        _log = Machine.Try(_work, () => new ProofLog(Path.Combine(_work, $"{request.Form.ToString().ToLowerInvariant()}.log")));
    }

    public static ProofReport Run(ProofRequest request, IProofListener listener)
    {
        Programs.RefuseIfMissing();
        if ((Path.GetFullPath(request.Work) + "/").StartsWith(request.Tree.Root + "/", StringComparison.Ordinal))
        {
            throw IntreeFailure.InTheWay($"--work {request.Work} lies inside the tree, which prove never writes to", "name a folder outside it, or leave --work away");
        }

        var version = KernelVersion.Read(request.Tree);
        var prover = new Prover(request, listener, version);
        using (prover._log)
        {
            prover.Prove();
        }

        return new ProofReport(version.ToString(), request.Form, prover._steps, prover._talk, prover._log.Path);
    }

    private void Prove()
    {
        FolderTree? source = null;
        KernelBuild? build = null;
        IReadOnlyList<(string Name, byte[] Bytes)> modules = [];
        ChildResult? boot = null;

        _ = Step("prepare", () => source = Prepare(), () => source!.Root == _request.Tree.Root ? "the tree as it stands" : "a copy of the tree")
            && Step("configure", () => (build = new KernelBuild(source!.Root, Path.Combine(_work, "out"), _log)).Configure(Fragment()), () => Describe("KSOCKET=y, samples built in", "KSOCKET=m, samples as modules", "KSOCKET=y, KUnit suites built in"))
            && Step("build", () => build!.Build(_request.Form == Form.Module ? ["linux", "modules"] : ["linux"], _listener.Progress), () => Count(build!))
            && Step("symbols", () => modules = CheckSymbols(source!, build!), () => _request.Form == Form.Module ? "every exported call went through modpost" : "every exported call is in System.map")
            && Step("boot", () => boot = Boot.Run(Path.Combine(build!.Output, "linux"), modules, BootScript.For(_request.Form), Path.Combine(_work, "boot"), _log), () => "powered off")
            && Step("verdict", () => Judge(boot!, source!), () => Describe("TCP and UDP talked, and the kernel reported nothing", "TCP and UDP talked, rmmod worked at odd moments, and the kernel reported nothing", $"{new BootLog(boot!.Output).Cases} KUnit cases passed, and the kernel reported nothing"));
    }

    private bool Step(string name, Action action, Func<string> note)
    {
        _listener.Begins(name);
        var clock = Stopwatch.StartNew();
        ProofStep step;
        try
        {
            action();
            step = new ProofStep(name, true, clock.Elapsed, note());
        }
        catch (IntreeFailure failure) when (failure.Kind == FailureKind.NotProven)
        {
            step = new ProofStep(name, false, clock.Elapsed, failure.Message);
        }

        _steps.Add(step);
        _listener.Ends(step);
        return step.Passed;
    }

    /// <summary>A tree that carries driver and samples is proved as it stands; any other, in a copy that gets what is missing.</summary>
    private FolderTree Prepare()
    {
        var driver = DriverSource.Bundled;
        var missing = Parts.All.Where(part => Inspector.Inspect(_request.Tree, driver, features: null, [part]).State == PlanState.Absent).ToList();
        if (missing.Count == 0 && !SourceCopy.IsNeeded(_request.Tree))
        {
            return _request.Tree;
        }

        var copy = SourceCopy.Make(_request.Tree, Path.Combine(_work, "source"));
        if (missing.Count > 0)
        {
            FolderWriter.Write(copy, Planner.Plan(copy, driver, missing).Changes);
        }

        return copy;
    }

    private List<string> Fragment()
    {
        using var resource = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("um.config")!);
        var form = _request.Form == Form.Module ? 'm' : 'y';
        return
        [
            .. resource.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries),
            $"CONFIG_KSOCKET={form}",
            .. _request.Form == Form.Tests ? (ReadOnlySpan<string>)["CONFIG_KSOCKET_KUNIT_TEST=y"] : ["CONFIG_SAMPLES=y", $"CONFIG_SAMPLE_KSOCKET={form}"],
        ];
    }

    private static string Count(KernelBuild build) =>
        string.Create(CultureInfo.InvariantCulture, $"linux, {new FileInfo(Path.Combine(build.Output, "linux")).Length / 1024.0 / 1024.0:F1} MiB");

    /// <summary>Built in: each exported call is in the image. As modules: each module went through modpost, and is handed on to boot.</summary>
    private List<(string Name, byte[] Bytes)> CheckSymbols(FolderTree source, KernelBuild build)
    {
        var exported = source.EntriesBelow(Landing.DriverFolder).Where(path => path.Name.EndsWith(".c", StringComparison.Ordinal))
            .SelectMany(path => Exports().Matches(source.TryReadText(path)!).Select(match => match.Groups["name"].Value))
            .ToHashSet(StringComparer.Ordinal);
        var table = Path.Combine(build.Output, _request.Form == Form.Module ? "Module.symvers" : "System.map");
        if (exported.Count == 0 || !File.Exists(table))
        {
            throw IntreeFailure.NotProven(exported.Count == 0 ? "drivers/ksocket exports nothing" : $"the build made no {Path.GetFileName(table)}");
        }

        var symbols = File.ReadLines(table).SelectMany(line => line.Split((char[])[' ', '\t'])).ToHashSet(StringComparer.Ordinal);
        if (exported.FirstOrDefault(name => !symbols.Contains(name)) is { } lost)
        {
            throw IntreeFailure.NotProven($"{lost} is exported by drivers/ksocket and not in {Path.GetFileName(table)}");
        }

        return _request.Form != Form.Module ? [] : [.. BootScript.Modules.Select(module => ReadModule(build, module.Folder, module.Name))];
    }

    private static (string Name, byte[] Bytes) ReadModule(KernelBuild build, string folder, string name)
    {
        var path = Path.Combine(build.Output, folder, $"{name}.ko");
        return File.Exists(path) ? ($"{name}.ko", File.ReadAllBytes(path)) : throw IntreeFailure.NotProven($"the build made no {folder}/{name}.ko");
    }

    private void Judge(ChildResult boot, FolderTree source)
    {
        var log = new BootLog(boot.Output);
        _talk = log.Talk;
        log.Judge(boot);
        if (_request.Form == Form.Tests)
        {
            log.JudgeSuites([.. source.EntriesBelow(Landing.DriverFolder / "tests").SelectMany(path => Suites().Matches(source.TryReadText(path) ?? "").Select(match => match.Groups["name"].Value))]);
        }
    }

    private string Describe(string builtIn, string module, string tests) => _request.Form switch
    {
        Form.BuiltIn => builtIn,
        Form.Module => module,
        _ => tests,
    };

    [GeneratedRegex(@"^\s*\.name = ""(?<name>\w+)""", RegexOptions.Multiline)]
    private static partial Regex Suites();

    [GeneratedRegex(@"^EXPORT_SYMBOL(_GPL)?\((?<name>\w+)\)", RegexOptions.Multiline)]
    private static partial Regex Exports();
}

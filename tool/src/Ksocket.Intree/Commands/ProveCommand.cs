// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using System.CommandLine.Parsing;
using Ksocket.Intree.Answers;
using Ksocket.Intree.Files;
using Ksocket.Intree.Options;
using Ksocket.Intree.Output;
using Ksocket.Intree.Proof;
using Ksocket.Intree.Proof.Checking;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Proof.Working;
using Ksocket.Intree.Trees;

namespace Ksocket.Intree.Commands;

/// <summary>Builds and boots trees with the driver and its samples, and prints the results.</summary>
internal static class ProveCommand
{
    private static readonly Argument<string[]> Trees = Arguments.Folders();

    private static readonly Option<bool> BuiltIn = new("--built-in")
    {
        Description = "Prove the driver and its samples built in; the default",
    };

    private static readonly Option<bool> Module = new("--module") { Description = "Prove them as modules: insmod, the samples, rmmod" };

    private static readonly Option<bool> Kunit = new("--kunit") { Description = "Run the driver's KUnit suites" };

    private static readonly Option<bool> All = new("--all") { Description = "The same as --built-in --module --kunit" };

    private static readonly Option<bool> EachPatch = new("--each-patch")
    {
        Description = "Build every patch of the tree's series, in order, =y and =m; no boot",
    };

    private static readonly Option<Arch?> On = new("--arch")
    {
        HelpName = "um|x86_64|arm64",
        Description = "Build for user-mode Linux, the default, for a PC under QEMU, or for arm64, which is built and linked, not booted",
        CustomParser = result => Arch.All.FirstOrDefault(arch => arch.Name == result.Tokens[0].Value) ?? Unknown(result),
    };

    private static readonly Option<string?> Image = new("--image")
    {
        HelpName = "BZIMAGE",
        Description = "Instead of trees, prove the modules on this prebuilt kernel of a distribution, in QEMU",
    };

    private static readonly Option<string?> Headers = new("--headers")
    {
        HelpName = "DIR",
        Description = "With --image: the header package of that kernel, or the folder it was built in",
    };

    private static readonly Option<bool> Debug = new("--debug")
    {
        Description = "Enable KASAN, lockdep, atomic sleep checks and kmemleak, as far as the kernel has them",
    };

    private static readonly Option<bool> Warnings = new("--warnings")
    {
        Description = "Compile the ksocket files with W=1; fail on a warning that an empty file does not cause",
    };

    private static readonly Option<bool> Sparse = new("--sparse")
    {
        Description = "Run sparse; skipped (exit 1) if it misses a seeded fault",
    };

    private static readonly Option<bool> Checkpatch = new("--checkpatch")
    {
        Description = "Run the tree's own checkpatch --strict on the ksocket files",
    };

    private static readonly Option<string?> Work = new("--work")
    {
        HelpName = "DIR",
        Description = "Where to build; kept for the next run. ~/.cache/ksocket-intree/proof by default",
    };

    private static readonly Option<bool> List = new("--list")
    {
        Description = "Prove nothing; print the work as one command a line, for each tree and form, to run on many machines",
    };

    private static readonly Option<int?> Timeout = new("--timeout")
    {
        HelpName = "SECONDS",
        Description = "Stop a boot that takes longer, or that prints nothing for a tenth of it (at least a minute); 600 by default",
        CustomParser = result => Number.Read("--timeout", "a number of seconds", MostSeconds, result),
    };

    private const int MostSeconds = 7 * 24 * 3600;

    /// <param name="program">Name, version and commit of the program, for the page.</param>
    public static Verb Create(string program)
    {
        var verb = new Verb(
            "prove",
            "Build and boot trees with the driver and its samples, and show what they print; never writes to a tree",
            (parse, terminal) => Run(parse, terminal, program))
        {
            Trees, Arguments.With, Arguments.Only, DriverOptions.Expect, BuiltIn, Module, Kunit, All, EachPatch, On, Image, Headers, Debug,
            ConfigOptions.Set, ConfigOptions.Fragments,
            TestOptions.Init, TestOptions.Modules, Warnings, Sparse, Checkpatch, Work, Timeout, ReportOptions.Junit,
            ReportOptions.Html, ReportOptions.Record, List,
        };
        verb.Validators.Add(ImageAlone);
        // From the word: the value of an option with a fault cannot be read.
        verb.Validators.Add(result => DriverOptions.Refuse(
            result, FormsOf(result), isBooted: result.GetResult(On)?.Tokens is not [var arch] || arch.Value != Arch.Arm64.Name));
        verb.Validators.Add(result => WorkList.Refuse(
            result, List, [Image, TestOptions.Init, TestOptions.Modules, ReportOptions.Junit, ReportOptions.Html, ReportOptions.Record]));
        verb.Validators.Add(result => ReportOptions.RefuseRecord(result, Trees, [Image, TestOptions.Init, Arguments.With]));
        verb.Validators.Add(result => TestOptions.RefuseIfNotBooted(result, On, [Debug, TestOptions.Init, Timeout]));
        verb.Validators.Add(result => TestOptions.Refuse(result, [BuiltIn, Module, Kunit, All, EachPatch]));
        verb.Validators.Add(result => ConfigOptions.Refuse(result, FormsOf(result)));
        return verb;
    }

    private static VerbOutcome Run(ParseResult parse, Terminal terminal, string program) => parse.GetValue(List)
        ? WorkList.Of(parse, parse.GetValue(Trees) is { Length: > 0 } listed ? listed : ["."], FormsOf(parse.CommandResult))
        : Prove(parse, terminal, program);

    private static VerbOutcome Prove(ParseResult parse, Terminal terminal, string program)
    {
        var forms = FormsOf(parse.CommandResult);
        var settings = ConfigOptions.Read(parse, forms);
        var request = new Request(
            parse.GetValue(Trees) is { Length: > 0 } trees ? trees : ["."],
            forms,
            new KernelKind(parse.GetValue(On) ?? Arch.Um, parse.GetValue(Debug)),
            new Checks(parse.GetValue(Warnings), parse.GetValue(Sparse), parse.GetValue(Checkpatch)),
            parse.GetValue(Work) ?? Path.Combine(CacheFolder.Path, "proof"))
        {
            Image = parse.GetValue(Image),
            Junit = parse.GetValue(ReportOptions.Junit),
            Html = parse.GetValue(ReportOptions.Html),
            Record = parse.GetValue(ReportOptions.Record),
            Headers = parse.GetValue(Headers),
            Test = TestOptions.Read(parse),
            Drivers = DriverOptions.Read(parse, forms, settings),
            Settings = settings,
            Limits = parse.GetValue(Timeout) is { } seconds ? BootLimits.Within(TimeSpan.FromSeconds(seconds)) : BootLimits.Usual,
        };
        return Run(request, terminal, program);
    }

    private sealed record Request(
        IReadOnlyList<string> Trees, IReadOnlyList<Form> Forms, KernelKind Kind, Checks Checks, string Work)
    {
        public string? Image { get; init; }

        public string? Headers { get; init; }

        public string? Junit { get; init; }

        public string? Html { get; init; }

        public string? Record { get; init; }

        public OwnTest? Test { get; init; }

        public ProvedDrivers Drivers { get; init; } = ProvedDrivers.Ksocket;

        public IReadOnlyList<ConfigSetting> Settings { get; init; } = [];

        public BootLimits Limits { get; init; } = BootLimits.Usual;
    }

    private static VerbOutcome Run(Request request, Terminal terminal, string program)
    {
        // Report a file that cannot be written before the build, not after it.
        using var files = new ReportFiles(request.Junit, request.Html, request.Record, request.Work, program);
        var proofs = request.Image is { } image ? [ProveImage(image, request, terminal)]
            : Prove([.. request.Trees.Select(NamedTree.OpenFolder).Select(tree => RequestFor(tree, request))], terminal);
        var answer = ProofsAnswer.Of(proofs);
        var notWritten = files.Write(proofs, answer);

        // If the only tree is refused, fail like any other verb.
        if (proofs is [{ Refusal: { } refusal, Reports: [] }])
        {
            throw refusal;
        }

        // If the run stopped, the finished proofs are the answer, and the reason is the error.
        var (result, stopped) = ProofMatrix.OutcomeOf(proofs);
        stopped ??= notWritten;
        var exit = stopped is not null ? ExitCode.Fatal : ExitOf(result);
        return VerbOutcome.Of(
            exit,
            terminal => ProofText.Write(terminal, proofs),
            answer,
            AnswerJson.Default.ProofsAnswer) with
        {
            Notes = [.. proofs.SelectMany(proof => proof.Reports).Select(report => $"full log: {report.Log}")],
            Failure = stopped,
        };
    }

    private static TreeProof ProveImage(string image, Request request, Terminal terminal)
    {
        using var lines = new ProofProgress(terminal, many: false);
        return ImageProver.Run(image, request.Headers!, request.Work, lines, request.Limits, request.Test);
    }

    private static ProofRequest RequestFor(FolderTree tree, Request request) =>
        new(tree, request.Forms, request.Kind, request.Checks, request.Work)
        {
            Settings = request.Settings,
            Drivers = request.Drivers,
            Test = request.Test,
            Limits = request.Limits,
        };

    private static ExitCode ExitOf(ProofResult result) => result switch
    {
        ProofResult.Proven => ExitCode.Done,
        ProofResult.ProvenWithSkippedChecks => ExitCode.No,
        _ => ExitCode.NotProven,
    };

    private static IReadOnlyList<TreeProof> Prove(IReadOnlyList<ProofRequest> requests, Terminal terminal)
    {
        var rows = requests.SelectMany(request => request.Forms.Select(form => (request.Tree.Name, form))).ToList();
        if (terminal.ScreenWidth is null || rows.Count == 1)
        {
            using var lines = new ProofProgress(terminal, rows.Count > 1);
            return ManyTrees.Run(requests, lines);
        }

        using var table = new ProofTable(terminal, rows);
        return ManyTrees.Run(requests, table);
    }

    private static List<Form> FormsOf(CommandResult parse)
    {
        if (parse.GetValue(TestOptions.Init) is not null)
        {
            return [Form.OwnTest];
        }

        var all = parse.GetValue(All);
        List<Form> forms = [.. Which(BuiltIn, Form.BuiltIn), .. Which(Kunit, Form.Tests), .. Which(Module, Form.Module)];
        if (parse.GetValue(EachPatch))
        {
            forms.Add(Form.EachPatch);
        }

        return forms.Count > 0 ? forms : [Form.BuiltIn];

        IEnumerable<Form> Which(Option<bool> option, Form form) => all || parse.GetValue(option) ? [form] : [];
    }

    /// <summary>Rejects options that a prebuilt kernel does not support.</summary>
    private static void ImageAlone(CommandResult result)
    {
        if (result.GetValue(Image) is null != (result.GetValue(Headers) is null))
        {
            result.AddError("--image and --headers must be used together");
        }
        else if (result.GetValue(Image) is not null)
        {
            if (result.GetValue(Trees) is { Length: > 0 })
            {
                result.AddError("--image and TREE exclude each other");
            }

            Option[] ofBuilds =
            [
                Arguments.With, Arguments.Only, BuiltIn, Kunit, All, EachPatch, Debug, ConfigOptions.Set, ConfigOptions.Fragments,
                Warnings, Sparse, Checkpatch,
            ];
            foreach (var option in ofBuilds.Where(option => result.GetResult(option) is { Implicit: false }))
            {
                result.AddError(
                    $"{option.Name} and --image exclude each other: --image tests modules on a prebuilt kernel");
            }

            if (result.GetResult(On) is { Implicit: false } && result.GetValue(On) != Arch.X86)
            {
                result.AddError("--image supports x86_64 only");
            }
        }
    }

    private static Arch Unknown(ArgumentResult result)
    {
        result.AddError($"--arch: '{result.Tokens[0].Value}' is not one of {string.Join(", ", Arch.All)}");
        return Arch.Um;
    }
}

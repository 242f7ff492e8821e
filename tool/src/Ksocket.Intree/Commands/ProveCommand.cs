// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Ksocket.Intree.Answers;
using Ksocket.Intree.Core;
using Ksocket.Intree.Proof;
using Ksocket.Intree.Proof.Checking;
using Ksocket.Intree.Proof.Reporting;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Proof.Working;
using Ksocket.Intree.Words;

namespace Ksocket.Intree.Commands;

/// <summary>Builds and boots trees with the driver and its samples, and shows what they said.</summary>
internal static class ProveCommand
{
    private static readonly Argument<string[]> Trees = Arguments.Folders();

    private static readonly Option<bool> BuiltIn = new("--built-in") { Description = "Prove the driver and its samples in the kernel; so it is when no form is named" };

    private static readonly Option<bool> Module = new("--module") { Description = "Prove the loadable form: insmod, the talk, rmmod" };

    private static readonly Option<bool> Kunit = new("--kunit") { Description = "Run the driver's KUnit suites" };

    private static readonly Option<bool> All = new("--all") { Description = "All three forms" };

    private static readonly Option<bool> EachPatch = new("--each-patch") { Description = "Build every patch of the tree's series, in order, =y and =m; boots nothing" };

    private static readonly Option<Arch> On = new("--arch")
    {
        HelpName = "um|x86_64",
        Description = "Build for user-mode Linux, the default, or for a PC under QEMU",
        CustomParser = result => Arch.All.FirstOrDefault(arch => arch.Name == result.Tokens[0].Value) ?? Unknown(result),
        DefaultValueFactory = _ => Arch.Um,
    };

    private static readonly Option<string?> Image = new("--image") { HelpName = "BZIMAGE", Description = "Instead of trees, a prebuilt kernel, as a distribution boots it; the loadable form, in QEMU" };

    private static readonly Option<string?> Headers = new("--headers") { HelpName = "DIR", Description = "With --image: the header package of that kernel, or the folder it was built in" };

    private static readonly Option<bool> Debug = new("--debug") { Description = "With KASAN, lockdep, atomic sleep checks and kmemleak, as far as the kernel has them" };

    private static readonly Option<bool> Warnings = new("--warnings") { Description = "Compile our files with W=1: no warning that an empty file does not get too" };

    private static readonly Option<bool> Sparse = new("--sparse") { Description = "Check our files with sparse, proven alive by a seeded fault; where that cannot be, the check is skipped and the exit code is 1" };

    private static readonly Option<bool> Checkpatch = new("--checkpatch") { Description = "Check our files with the tree's own checkpatch --strict" };

    private static readonly Option<string> Work = new("--work")
    {
        HelpName = "DIR",
        Description = "Where to build; kept, so that the next proof is quick. ~/.cache/ksocket-intree/proof by default",
        DefaultValueFactory = _ => Path.Combine(CacheFolder.Path, "proof"),
    };

    private static readonly Option<int> Timeout = new("--timeout")
    {
        HelpName = "SECONDS",
        Description = "End a boot that takes longer, or that says nothing for a tenth of it and at least a minute",
        CustomParser = Seconds,
        DefaultValueFactory = _ => (int)BootLimits.Usual.Whole.TotalSeconds,
    };

    private static readonly Option<string?> Junit = new("--junit") { HelpName = "FILE", Description = "Also write JUnit XML for a CI system" };

    private static readonly Option<string?> Html = new("--html") { HelpName = "FILE", Description = "Also write one page for a browser, logs and all" };

    public static Command Create(Terminal terminal)
    {
        var command = new Command("prove", "Build and boot trees with the driver and its samples, and show what they said; never writes to a tree")
        {
            Trees, BuiltIn, Module, Kunit, All, EachPatch, On, Image, Headers, Debug, Warnings, Sparse, Checkpatch, Work, Timeout, Junit, Html,
        };
        command.Validators.Add(ImageAlone);
        command.SetAction(parse => (int)Run(new Request(
            parse.GetValue(Trees) is { Length: > 0 } trees ? trees : ["."],
            FormsOf(parse),
            new KernelKind(parse.GetRequiredValue(On), parse.GetValue(Debug)),
            new Checks(parse.GetValue(Warnings), parse.GetValue(Sparse), parse.GetValue(Checkpatch)),
            parse.GetRequiredValue(Work),
            parse.GetValue(Junit),
            parse.GetValue(Html))
        {
            Image = parse.GetValue(Image),
            Headers = parse.GetValue(Headers),
            Limits = BootLimits.Within(TimeSpan.FromSeconds(parse.GetValue(Timeout))),
        }, terminal));
        return command;
    }

    internal sealed record Request(IReadOnlyList<string> Trees, IReadOnlyList<Form> Forms, KernelKind Kind, Checks Checks, string Work, string? Junit, string? Html)
    {
        public string? Image { get; init; }

        public string? Headers { get; init; }

        public BootLimits Limits { get; init; } = BootLimits.Usual;
    }

    internal static ExitCode Run(Request request, Terminal terminal)
    {
        // What cannot be written is told before an hour of building, not after it.
        using var junit = ReportFile.Open(request.Junit);
        using var html = ReportFile.Open(request.Html);
        var proofs = request.Image is { } image
            ? [ImageProver.Run(image, request.Headers!, request.Work, new ProofTalk(terminal, many: false), request.Limits)]
            : Prove([.. request.Trees.Select(NamedTree.OpenFolder).Select(tree => new ProofRequest(tree, request.Forms, request.Kind, request.Checks, request.Work) { Limits = request.Limits })], terminal);

        // One tree that is refused is refused as by any other verb.
        if (proofs is [{ Refusal: { } refusal, Reports: [] }])
        {
            Report();
            throw refusal;
        }

        if (terminal.Json)
        {
            terminal.AnswerJson(ProofsAnswer.Of(proofs), AnswerJson.Default.ProofsAnswer);
        }
        else
        {
            ProofText.Write(terminal, proofs);
        }

        foreach (var log in proofs.SelectMany(proof => proof.Reports).Select(report => report.Log))
        {
            terminal.Talk($"the whole log: {log}");
        }

        var (result, stopped) = ProofMatrix.OutcomeOf(proofs);
        try
        {
            Report(); // after the answer: a report that cannot be written must not cost it
        }
        catch (IntreeFailure failure)
        {
            stopped ??= failure;
        }

        // What was shown before the machine said no is shown; why it stopped is the error.
        if (stopped is not null)
        {
            terminal.Talk($"error: {stopped.Message}");
            if (stopped.Hint is not null)
            {
                terminal.Talk($"hint: {stopped.Hint}");
            }

            return ExitCode.Fatal;
        }

        return result switch
        {
            ProofResult.Proven => ExitCode.Done,
            ProofResult.ProvenWithSkippedChecks => ExitCode.No,
            _ => ExitCode.NotProven,
        };

        void Report()
        {
            junit?.Write(JunitReport.Write(proofs));
            html?.Write(HtmlReport.Write(proofs));
        }
    }

    private static IReadOnlyList<TreeProof> Prove(IReadOnlyList<ProofRequest> requests, Terminal terminal)
    {
        var rows = requests.SelectMany(request => request.Forms.Select(form => (request.Tree.Name, form))).ToList();
        if (terminal.TalkWidth is null || rows.Count == 1)
        {
            return ManyTrees.Run(requests, new ProofTalk(terminal, rows.Count > 1));
        }

        using var table = new ProofTable(terminal, rows);
        return ManyTrees.Run(requests, table);
    }

    private static List<Form> FormsOf(ParseResult parse)
    {
        var all = parse.GetValue(All);
        List<Form> forms = [.. Which(BuiltIn, Form.BuiltIn), .. Which(Kunit, Form.Tests), .. Which(Module, Form.Module), .. parse.GetValue(EachPatch) ? [Form.EachPatch] : (ReadOnlySpan<Form>)[]];
        return forms.Count > 0 ? forms : [Form.BuiltIn];

        IEnumerable<Form> Which(Option<bool> option, Form form) => all || parse.GetValue(option) ? [form] : [];
    }

    /// <summary>A prebuilt kernel is as it is: of what changes a build, nothing can be asked of it.</summary>
    private static void ImageAlone(CommandResult result)
    {
        if (result.GetValue(Image) is null != (result.GetValue(Headers) is null))
        {
            result.AddError("--image and --headers go together: a kernel, and what modules for it are built with");
        }
        else if (result.GetValue(Image) is not null)
        {
            if (result.GetValue(Trees) is { Length: > 0 })
            {
                result.AddError("--image needs no TREE: name one or the other");
            }

            foreach (var option in ((Option[])[BuiltIn, Kunit, All, EachPatch, Debug, Warnings, Sparse, Checkpatch]).Where(option => result.GetResult(option) is { Implicit: false }))
            {
                result.AddError($"{option.Name} changes how a kernel is built or looks into its tree, and --image has neither; it proves the loadable form");
            }

            if (result.GetResult(On) is { Implicit: false } && result.GetValue(On) != Arch.X86)
            {
                result.AddError("--image boots on x86_64 only");
            }
        }
    }

    private static int Seconds(ArgumentResult result)
    {
        if (!int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds == 0)
        {
            result.AddError($"--timeout: '{result.Tokens[0].Value}' is no number of seconds");
        }

        return seconds;
    }

    private static Arch Unknown(ArgumentResult result)
    {
        result.AddError($"--arch: '{result.Tokens[0].Value}' is none of {string.Join(" and ", Arch.All)}");
        return Arch.Um;
    }
}

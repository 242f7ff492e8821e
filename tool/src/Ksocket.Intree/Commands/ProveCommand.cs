// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using Ksocket.Intree.Answers;
using Ksocket.Intree.Proof;
using Ksocket.Intree.Words;

namespace Ksocket.Intree.Commands;

/// <summary>Builds and boots a tree with the driver and its samples, and shows what they said.</summary>
internal static class ProveCommand
{
    private static readonly Argument<string> Tree = Arguments.Folder();

    private static readonly Option<bool> Module = new("--module") { Description = "Prove the loadable form: insmod, the talk, rmmod" };

    private static readonly Option<bool> Kunit = new("--kunit") { Description = "Run the driver's KUnit suites instead of the samples" };

    private static readonly Option<string> Work = new("--work")
    {
        HelpName = "DIR",
        Description = "Where to build; kept, so that the next proof is quick. ~/.cache/ksocket-intree/proof by default",
        DefaultValueFactory = _ => Path.Combine(CacheFolder.Path, "proof"),
    };

    public static Command Create(Terminal terminal)
    {
        var command = new Command("prove", "Build and boot a tree with the driver and its samples (user-mode Linux), and show what they said; never writes to the tree") { Tree, Module, Kunit, Work };
        command.Validators.Add(result =>
        {
            if (result.GetValue(Module) && result.GetValue(Kunit))
            {
                result.AddError("--kunit runs the suites built in; run --module by itself");
            }
        });
        command.SetAction(parse => (int)Run(
            new Request(parse.GetRequiredValue(Tree), parse.GetValue(Kunit) ? Form.Tests : parse.GetValue(Module) ? Form.Module : Form.BuiltIn, parse.GetRequiredValue(Work)), terminal));
        return command;
    }

    internal sealed record Request(string Tree, Form Form, string Work);

    internal static ExitCode Run(Request request, Terminal terminal)
    {
        var tree = NamedTree.OpenFolder(request.Tree);
        var report = Prover.Run(new ProofRequest(tree, request.Form, request.Work), new ProofTalk(terminal));
        var form = request.Form switch
        {
            Form.BuiltIn => "built in",
            Form.Module => "as modules",
            _ => "KUnit",
        };

        if (terminal.Json)
        {
            terminal.AnswerJson(
                new ProofAnswer(tree.Name, report.Version, ProofReport.Arch, form, report.Proven, [.. report.Steps.Select(step => new StepAnswer(step.Name, step.Passed, Math.Round(step.Took.TotalSeconds, 2), step.Note))], report.Log),
                AnswerJson.Default.ProofAnswer);
        }
        else
        {
            foreach (var line in report.Talk)
            {
                terminal.Answer($"  {line}");
            }

            terminal.Answer(report.Proven
                ? $"{terminal.Good("proven")}: linux {report.Version}, {form}, booted"
                : $"{terminal.Bad("not proven")}: linux {report.Version}, {form}: {report.Steps[^1].Name}: {report.Steps[^1].Note}");
        }

        terminal.Talk($"the whole log: {report.Log}");
        return report.Proven ? ExitCode.Done : ExitCode.NotProven;
    }
}

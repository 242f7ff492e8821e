// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using System.CommandLine;
using Ksocket.Intree.Answers;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Files;
using Ksocket.Intree.Options;
using Ksocket.Intree.Output;
using Ksocket.Intree.Trees;

namespace Ksocket.Intree.Commands;

/// <summary>Shows what apply would do, as a list or as a patch for git apply; changes nothing.</summary>
internal static class PlanCommand
{
    private static readonly Argument<string?> Tree = Arguments.Tree();

    private static readonly Option<bool> Patch = new("--patch") { Description = "Show the changes as a patch for git apply" };

    private static readonly Option<IReadOnlyList<Part>?> PartsOption = Arguments.Parts("driver");

    public static Verb Create()
    {
        var verb = new Verb("plan", "Show what apply would do; change nothing", Run)
        {
            Tree, Arguments.With, Arguments.Only, Patch, PartsOption,
        };
        verb.Validators.Add(Arguments.RefuseOnly);
        verb.Validators.Add(result =>
        {
            if (result.GetValue(Patch) && result.GetValue(CommonOptions.Json))
            {
                result.AddError("--patch and --json exclude each other");
            }
        });
        return verb;
    }

    private static VerbOutcome Run(ParseResult parse, Terminal terminal)
    {
        var (patch, parts) = (parse.GetValue(Patch), parse.GetValue(PartsOption) ?? Parts.Default);
        var opened = NamedTree.Open(parse.GetValue(Tree) ?? ".");
        var tree = SnapshotTree.Of(opened);
        var drivers = NamedDrivers.Read(parse.GetValue(Arguments.With), parse.GetValue(Arguments.Only));
        if (!patch && !terminal.Json && drivers.Contains(DriverSource.Bundled) && Foreign(tree, parts) is { } foreign)
        {
            return foreign;
        }

        var plan = JointPlan.Of(tree, drivers, parts, readsKconfig: opened is FolderTree);
        var notRead = plan.First.NotRead.Select(line => $"note: {line}");
        if (patch)
        {
            return new VerbOutcome(ExitCode.Done)
            {
                Text = terminal => terminal.AnswerBytes(UnifiedDiff.Of(plan.Changes)),
                Notes = [.. notRead, .. RepositoryNote.ForPatch(parse.GetValue(Tree) ?? ".")],
            };
        }

        var changes = opened is FolderTree ? plan.WithState(tree) : plan.Changes;
        return VerbOutcome.Of(
            ExitCode.Done,
            terminal => Write(terminal, plan, changes),
            ChangesAnswer.Of("plan", tree, plan, changes, changed: false, config: []) with { Warnings = plan.First.NotRead },
            AnswerJson.Default.ChangesAnswer) with
        { Notes = [.. notRead] };
    }

    private static void Write(Terminal terminal, JointPlan plan, ImmutableArray<FileChange> changes)
    {
        var names = string.Join(" and ", plan.Each.Select(one => one.Driver.Name));
        var result = plan.IsDone ? $"{names} {(plan.Each.Length == 1 ? "is" : "are")} already in the tree; nothing to do"
            : $"apply would result in {ChangeText.Count(changes)}";
        terminal.Answer($"{terminal.Strong($"linux {plan.First.Version}")}: {result}");
        ChangeText.Write(terminal, changes);
    }

    /// <summary>For a tree with a ksocket added by hand: what remove --foreign would remove.</summary>
    private static VerbOutcome? Foreign(KernelTree tree, IReadOnlyList<Part> parts)
    {
        KernelVersion.Read(tree);
        var status = Inspector.Inspect(tree, DriverSource.Bundled, features: null, parts);
        if (status.State != PlanState.Foreign)
        {
            return null;
        }

        return new VerbOutcome(ExitCode.InTheWay)
        {
            Text = terminal => WriteForeign(terminal, status),
            Failure = IntreeFailure.InTheWay(
                $"{tree.Name} has a ksocket that ksocket-intree did not add",
                "remove it with remove --foreign, then run plan again"),
        };
    }

    private static void WriteForeign(Terminal terminal, TreeStatus status)
    {
        terminal.Answer("remove --foreign would remove these lines:");
        foreach (var finding in status.Findings.Where(finding => finding.Line is not null))
        {
            terminal.Answer(terminal.Bad($"  {finding.Place}: {finding.Note}"));
        }

        terminal.Answer("and, with --delete-files, these files:");
        foreach (var finding in status.Findings.Where(finding => finding.IsFile && finding.Standing != Standing.Absent))
        {
            terminal.Answer(terminal.Bad($"  {finding.Path}"));
        }
    }
}

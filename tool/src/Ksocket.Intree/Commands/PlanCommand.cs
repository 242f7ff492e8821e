// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using Ksocket.Intree.Answers;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Words;

namespace Ksocket.Intree.Commands;

/// <summary>Shows what apply would do, as a list or as a patch that git apply takes; changes nothing.</summary>
internal static class PlanCommand
{
    private static readonly Argument<string> Tree = Arguments.Tree();

    private static readonly Option<bool> Patch = new("--patch") { Description = "Show the changes as a patch for git apply" };

    private static readonly Option<IReadOnlyList<Part>?> PartsOption = Arguments.Parts("driver");

    public static Command Create(Terminal terminal)
    {
        var command = new Command("plan", "Show what apply would do; change nothing") { Tree, Patch, PartsOption };
        command.Validators.Add(result =>
        {
            if (result.GetValue(Patch) && result.GetValue(RootVerb.Json))
            {
                result.AddError("--patch is a patch and --json is JSON; ask for one of them");
            }
        });
        command.SetAction(parse => (int)Run(
            new Request(parse.GetRequiredValue(Tree), parse.GetValue(Patch), parse.GetValue(PartsOption) ?? Parts.Default), terminal));
        return command;
    }

    internal sealed record Request(string Tree, bool Patch, IReadOnlyList<Part> Parts);

    internal static ExitCode Run(Request request, Terminal terminal)
    {
        var tree = SnapshotTree.Of(NamedTree.Open(request.Tree));
        ShowForeign(tree, request, terminal);
        var plan = Planner.Plan(tree, DriverSource.Bundled, request.Parts);

        if (terminal.Json)
        {
            terminal.AnswerJson(
                new ChangesAnswer("plan", tree.Name, plan.Version.ToString(), [.. plan.Parts.Select(part => part.Word())], plan.Before.State, Changed: false, ChangeText.Answers(plan.Changes), []),
                AnswerJson.Default.ChangesAnswer);
        }
        else if (request.Patch)
        {
            terminal.AnswerBytes(UnifiedDiff.Of(plan.Changes));
        }
        else
        {
            terminal.Answer(terminal.Strong($"linux {plan.Version}") + (plan.IsDone ? ": ksocket is in it; nothing to do" : $": apply would leave {ChangeText.Count(plan.Changes)}"));
            ChangeText.Write(terminal, plan.Changes);
        }

        return ExitCode.Done;
    }

    /// <summary>In a tree wired by hand, the only plan there is: what remove --foreign would take out.</summary>
    private static void ShowForeign(KernelTree tree, Request request, Terminal terminal)
    {
        KernelVersion.Read(tree);
        var status = Inspector.Inspect(tree, DriverSource.Bundled, features: null, request.Parts);
        if (status.State != PlanState.Foreign || terminal.Json || request.Patch)
        {
            return;
        }

        terminal.Answer("remove --foreign would take out these lines:");
        foreach (var finding in status.Findings.Where(finding => finding.Line is not null))
        {
            terminal.Answer(terminal.Bad($"  {finding.Place}: {finding.Note}"));
        }

        terminal.Answer("and, only with --delete-files, these files:");
        foreach (var finding in status.Findings.Where(finding => finding.IsFile && finding.Standing != Standing.Absent))
        {
            terminal.Answer(terminal.Bad($"  {finding.Path}"));
        }

        throw IntreeFailure.InTheWay($"{tree.Name} carries a ksocket that ksocket-intree did not put there", "take it out with remove --foreign, then plan again");
    }
}

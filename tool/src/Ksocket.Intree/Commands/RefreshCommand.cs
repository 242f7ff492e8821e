// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using Ksocket.Intree.Answers;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Files;
using Ksocket.Intree.Git;
using Ksocket.Intree.Options;
using Ksocket.Intree.Output;
using Ksocket.Intree.Trees;

namespace Ksocket.Intree.Commands;

/// <summary>Updates a tree that has an older release to this one, and keeps the user's edits.</summary>
internal static class RefreshCommand
{
    private static readonly Argument<string?> Tree = Arguments.Folder();

    private static readonly Option<bool> Check = Arguments.Check("Change nothing; exit 1 if refresh would change something");

    public static Verb Create()
    {
        var verb = new Verb(
            "refresh",
            "Update a tree that has an older release; your edits are merged; on a conflict nothing is changed",
            Run) { Tree, Arguments.With, Arguments.Only, Check };
        verb.Validators.Add(Arguments.RefuseOnly);
        return verb;
    }

    private static VerbOutcome Run(ParseResult parse, Terminal terminal)
    {
        var check = parse.GetValue(Check);
        var tree = NamedTree.OpenFolder(parse.GetValue(Tree) ?? ".");
        // Their folders may have changed since: refused is what apply refuses.
        var drivers = DriverOrder.Of(NamedDrivers.In(tree, parse.GetValue(Arguments.With), parse.GetValue(Arguments.Only)));
        var plan = Refresher.Plan(tree, drivers, MergeFile.Run);
        if (!check)
        {
            FolderWriter.Write(tree, plan.Changes);
        }

        var changed = !check && !plan.IsDone;
        var answer = new RefreshAnswer(
            tree.Name,
            plan.Version.ToString(),
            changed,
            ChangeText.Answers(plan.Changes),
            [.. plan.Merged.Select(path => path.ToString())],
            [.. plan.Kept.Select(path => path.ToString())],
            plan.NotRead);
        var exit = check && !plan.IsDone ? ExitCode.No : ExitCode.Done;
        return VerbOutcome.Of(
            exit,
            terminal => Write(terminal, plan, string.Join(" and ", drivers.Select(driver => driver.Name)), check),
            answer,
            AnswerJson.Default.RefreshAnswer) with
        { Changed = changed, Notes = [.. plan.NotRead.Select(line => $"note: {line}")] };
    }

    private static void Write(Terminal terminal, RefreshPlan plan, string names, bool check)
    {
        var start = check ? "refresh would result in" : $"{names} {(names.Contains(' ') ? "are" : "is")} up to date:";
        var done = $"{start} {ChangeText.Count(plan.Changes)}";
        var result = plan.IsDone ? "the tree is already up to date; nothing to do" : done;
        terminal.Answer(terminal.Strong($"linux {plan.Version}: ") + result);
        ChangeText.Write(terminal, plan.Changes);
        foreach (var path in plan.Merged)
        {
            terminal.Answer($"  {terminal.Odd("merged")}  {path}: with your edits");
        }

        foreach (var path in plan.Kept)
        {
            terminal.Answer($"  {terminal.Odd("kept  ")}  {path}: your version");
        }
    }
}

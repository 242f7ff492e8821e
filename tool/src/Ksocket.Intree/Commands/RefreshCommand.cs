// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using Ksocket.Intree.Answers;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Files;
using Ksocket.Intree.Git;
using Ksocket.Intree.Words;

namespace Ksocket.Intree.Commands;

/// <summary>Brings a tree that carries an older release to this one, and keeps the user's edits.</summary>
internal static class RefreshCommand
{
    private static readonly Argument<string> Tree = Arguments.Folder();

    private static readonly Option<bool> Check = Arguments.Check("Only tell whether refresh would succeed and change something; exit 1 if it would change");

    public static Command Create(Terminal terminal)
    {
        var command = new Command("refresh", "Bring a tree that carries an older release to this one; your own edits are merged, and one conflict stops it all") { Tree, Check };
        command.SetAction(parse => (int)Run(parse.GetRequiredValue(Tree), parse.GetValue(Check), terminal));
        return command;
    }

    internal static ExitCode Run(string name, bool check, Terminal terminal)
    {
        var tree = NamedTree.OpenFolder(name);
        var plan = Refresher.Plan(tree, DriverSource.Bundled, MergeFile.Run);
        if (!check)
        {
            FolderWriter.Write(tree, plan.Changes);
        }

        var changes = plan.Changes.RemoveAll(change => change.Path == StateFile.Path);
        if (terminal.Json)
        {
            terminal.AnswerJson(
                new RefreshAnswer(tree.Name, plan.Version.ToString(), !check && !plan.IsDone, ChangeText.Answers(changes), [.. plan.Merged.Select(path => path.ToString())], [.. plan.Kept.Select(path => path.ToString())]),
                AnswerJson.Default.RefreshAnswer);
        }
        else
        {
            terminal.Answer(terminal.Strong($"linux {plan.Version}: ") + (plan.IsDone ? "this release is in it already; nothing to do" : $"{(check ? "refresh would leave" : "ksocket is fresh:")} {ChangeText.Count(changes)}"));
            ChangeText.Write(terminal, changes);
            foreach (var path in plan.Merged)
            {
                terminal.Answer($"  {terminal.Odd("merged")}  {path}: your edits are in it");
            }

            foreach (var path in plan.Kept)
            {
                terminal.Answer($"  {terminal.Odd("kept  ")}  {path}: as you edited it");
            }
        }

        return check && !plan.IsDone ? ExitCode.No : ExitCode.Done;
    }
}

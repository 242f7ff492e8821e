// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using System.CommandLine;
using Ksocket.Intree.Answers;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Files;
using Ksocket.Intree.Words;

namespace Ksocket.Intree.Commands;

/// <summary>Takes the integration out again, byte for byte.</summary>
internal static class RemoveCommand
{
    private static readonly Argument<string> Tree = Arguments.Folder();

    private static readonly Option<bool> Check = Arguments.Check("Only tell what remove would do; exit 1 if it would change something");

    private static readonly Option<bool> Foreign = new("--foreign") { Description = "Take out the wiring of a ksocket that was put there by hand or by an older recipe" };

    private static readonly Option<bool> DeleteFiles = new("--delete-files") { Description = "With --foreign: delete its folders too, whoever wrote what is in them" };

    private static readonly Option<IReadOnlyList<Part>?> PartsOption = Arguments.Parts("what is there");

    public static Command Create(Terminal terminal)
    {
        var command = new Command("remove", "Take the integration out again, byte for byte") { Tree, Check, Foreign, DeleteFiles, PartsOption };
        command.Validators.Add(result =>
        {
            if (result.GetValue(DeleteFiles) && !result.GetValue(Foreign))
            {
                result.AddError("--delete-files goes with --foreign; remove alone deletes exactly what apply wrote");
            }

            if (result.GetValue(Foreign) && result.GetValue(PartsOption) is not null)
            {
                result.AddError("--parts does not go with --foreign, which takes out every trace");
            }
        });
        command.SetAction(parse => (int)Run(
            new Request(parse.GetRequiredValue(Tree), parse.GetValue(Check), parse.GetValue(Foreign), parse.GetValue(DeleteFiles), parse.GetValue(PartsOption)), terminal));
        return command;
    }

    internal sealed record Request(string Tree, bool Check, bool Foreign, bool DeleteFiles, IReadOnlyList<Part>? Parts);

    internal static ExitCode Run(Request request, Terminal terminal)
    {
        var tree = NamedTree.OpenFolder(request.Tree);
        var snapshot = SnapshotTree.Of(tree);
        var plan = request.Foreign
            ? Remover.PlanForeign(snapshot, DriverSource.Bundled, request.DeleteFiles)
            : Remover.Plan(snapshot, DriverSource.Bundled, request.Parts);
        var changes = plan.WithState(snapshot, out var kept);

        if (!request.Check)
        {
            FolderWriter.Write(tree, changes);
        }

        if (!terminal.Json)
        {
            terminal.Answer(terminal.Strong($"linux {plan.Version}: ") + (changes.IsEmpty ? "no ksocket in it; nothing to do" : $"{(request.Check ? "remove would leave" : "ksocket is out:")} {ChangeText.Count(changes)}"));
            ChangeText.Write(terminal, changes);
        }

        Tell(terminal, tree, plan, request, changes, kept);
        return request.Check && !changes.IsEmpty ? ExitCode.No : ExitCode.Done;
    }

    private static void Tell(Terminal terminal, FolderTree tree, RemovalPlan plan, Request request, ImmutableArray<FileChange> changes, ImmutableArray<string> kept)
    {
        foreach (var line in kept)
        {
            terminal.Talk($"note: .config: left '{line}', which was changed since apply --config wrote it");
        }

        var left = request is { Foreign: true, DeleteFiles: false }
            ? plan.Before.Findings.Where(finding => finding.IsFile && finding.Standing != Standing.Absent).ToList()
            : [];
        if (left.Count > 0)
        {
            terminal.Talk($"note: {left.Count} files are left that ksocket-intree did not write, {left[0].Path} first; --delete-files deletes them");
        }

        if (terminal.Json)
        {
            terminal.AnswerJson(
                new ChangesAnswer("remove", tree.Name, plan.Version.ToString(), [.. plan.Before.Parts.Select(part => part.Word())], plan.Before.State, !request.Check && !changes.IsEmpty, ChangeText.Answers(changes), kept),
                AnswerJson.Default.ChangesAnswer);
        }
    }
}

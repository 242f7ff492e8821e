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

/// <summary>Removes the integration; the tree is then identical to the original.</summary>
internal static class RemoveCommand
{
    private static readonly Argument<string?> Tree = Arguments.Folder();

    private static readonly Option<bool> Check = Arguments.Check("Change nothing; exit 1 if remove would change something");

    private static readonly Option<bool> Foreign = new("--foreign")
    {
        Description = "Remove the wiring of a ksocket that was added by hand or by an older recipe",
    };

    private static readonly Option<bool> DeleteFiles = new("--delete-files")
    {
        Description = "With --foreign: also delete its folders with all files in them",
    };

    private static readonly Option<bool> Force = new("--force")
    {
        Description = "Remove ksocket even if Kconfig entries elsewhere in the tree depend on it, and a driver of --with "
            + "even if the tree does not record it",
    };

    private static readonly Option<IReadOnlyList<Part>?> PartsOption = Arguments.Parts("the parts that are there");

    public static Verb Create()
    {
        var verb = new Verb(
            "remove",
            "Remove the integration; the tree is then identical to the original",
            Run) { Tree, Arguments.With, Arguments.Only, Check, Force, Foreign, DeleteFiles, Arguments.Output, PartsOption };
        verb.Validators.Add(Arguments.RefuseOnly);
        verb.Validators.Add(result =>
        {
            if (result.GetValue(DeleteFiles) && !result.GetValue(Foreign))
            {
                result.AddError("--delete-files needs --foreign; remove alone deletes exactly what apply wrote");
            }

            if (result.GetValue(Foreign) && result.GetValue(Arguments.With) is { Length: > 0 })
            {
                result.AddError("--with and --foreign exclude each other: --foreign removes a ksocket alone");
            }

            if (result.GetValue(Foreign) && result.GetValue(PartsOption) is not null)
            {
                result.AddError("--parts and --foreign exclude each other: --foreign removes all parts");
            }
        });
        return verb;
    }

    private sealed record Request(bool Check, bool Force, bool Foreign, bool DeleteFiles, IReadOnlyList<Part>? Parts);

    private static VerbOutcome Run(ParseResult parse, Terminal terminal)
    {
        var request = new Request(
            parse.GetValue(Check),
            parse.GetValue(Force),
            parse.GetValue(Foreign),
            parse.GetValue(DeleteFiles),
            parse.GetValue(PartsOption));
        var tree = NamedTree.OpenFolder(parse.GetValue(Tree) ?? ".");
        var snapshot = SnapshotTree.Of(tree);
        var drivers = NamedDrivers.In(
            snapshot, parse.GetValue(Arguments.With), parse.GetValue(Arguments.Only), asRecorded: true);
        var plan = request.Foreign
            ? JointRemoval.Of(drivers[0], Remover.PlanForeign(snapshot, drivers[0], request.DeleteFiles))
            : JointRemoval.Of(snapshot, drivers, request.Parts, request.Force);
        var (version, before) = (plan.First.Version, plan.First.Before);
        var changes = plan.WithState(snapshot, out var kept);
        var dependents = TakesDriver(plan, request) ? Dependents.Of(snapshot, drivers) : [];
        var refusal = dependents.IsEmpty || request.Force ? null : Refusal(tree, drivers, dependents);
        if (refusal is not null && !request.Check)
        {
            throw refusal;
        }

        var outside = OutsideConfig.Of(tree, snapshot, changes, parse.GetValue(Arguments.Output));
        if (!request.Check)
        {
            FolderWriter.Write(tree, changes);
            kept = kept.AddRange(outside?.PutBack() ?? []);
        }

        var changed = !request.Check && !changes.IsEmpty;
        var answer = new ChangesAnswer(
            "remove",
            tree.Name,
            version.ToString(),
            [.. before.Parts.Select(part => part.Word())],
            before.State,
            changed,
            ChangeText.Answers(changes),
            [.. kept.Select(line => line.ToString())])
        {
            Dependents = [.. dependents.Select(one => one.ToString())],
            Drivers = DriverAnswer.Of(plan.Each.Select(one => (one.Driver, one.Plan.Before))),
        };
        var exit = request.Check && !changes.IsEmpty ? ExitCode.No : ExitCode.Done;
        return VerbOutcome.Of(
            exit,
            terminal => Write(terminal, version, request, NamesOf(plan.IsDone ? drivers : Removed(plan)), changes),
            answer,
            AnswerJson.Default.ChangesAnswer) with
        {
            Exit = refusal is null ? exit : ExitCode.InTheWay,
            Failure = refusal,
            Changed = changed,
            Notes = [
                .. Notes(before, request, kept),
                .. LeftNotes(snapshot, drivers, changes),
                .. outside?.Note(request.Check) is { } note ? (string[])[note] : [],
                .. request.Force ? dependents.Select(one => $"warning: {one}: its dependency is gone") : []],
        };
    }

    private static ImmutableArray<DriverSource> Removed(JointRemoval plan) =>
        [.. plan.Each.Where(one => !one.Plan.IsDone).Select(one => one.Driver)];

    private static string NamesOf(ImmutableArray<DriverSource> drivers) => string.Join(" and ", drivers.Select(driver => driver.Name));

    /// <summary>The drivers of the user that stay, for whoever expects the tree to be as it was.</summary>
    private static IEnumerable<string> LeftNotes(KernelTree tree, ImmutableArray<DriverSource> drivers, ImmutableArray<FileChange> changes)
    {
        foreach (var folder in StateFile.In(new ChangedTree(tree, changes))?.Drivers.Keys ?? [])
        {
            if (drivers.All(one => one.Folder != folder))
            {
                yield return $"note: {folder} stays, which --with added; to remove it, too: "
                    + $"ksocket-intree remove --only --with {folder} {ShellWord.Quote(tree.Name)}";
            }
        }
    }

    private static bool TakesDriver(JointRemoval plan, Request request) => !plan.IsDone && (
        request.Parts is null || request.Parts.Contains(Part.Driver));

    private static IntreeFailure Refusal(FolderTree tree, ImmutableArray<DriverSource> drivers, ImmutableArray<Dependent> dependents)
    {
        var more = dependents.Length > 1 ? $" (and {dependents.Length - 1} more)" : "";
        var ours = RecordedDriver.AllIn(StateFile.In(tree))
            .Where(driver => driver.OwnFolders.Any(own => dependents.Any(dependent => dependent.Path.IsBelow(own)))).ToList();
        var all = string.Concat(drivers.Concat(ours).Where(driver => !driver.IsBundled).Select(driver => $" --with {driver.Folder}"));
        var only = drivers.Any(driver => driver.IsBundled) ? "" : " --only";
        var first = ours.Count == 0 ? "change that entry first"
            : $"to remove both: ksocket-intree remove{only}{all} {ShellWord.Quote(tree.Name)}";
        return IntreeFailure.InTheWay(
            $"{tree.Name}: a Kconfig entry depends on {NamesOf(drivers)}: {dependents[0]}{more}",
            $"nothing was removed; {first}; or add --force to leave it without its dependency");
    }

    private static void Write(
        Terminal terminal, KernelVersion version, Request request, string names, ImmutableArray<FileChange> changes)
    {
        terminal.Answer(terminal.Strong($"linux {version}: ") + Summary(request, names, changes));
        ChangeText.Write(terminal, changes);
    }

    private static string Summary(Request request, string names, ImmutableArray<FileChange> changes)
    {
        if (changes.IsEmpty)
        {
            var what = request.Parts is null ? "" : $" {string.Join(", ", request.Parts.Select(part => part.Word()))} of";
            return $"no{what} {names} in the tree; nothing to do";
        }

        return $"{(request.Check ? "remove would result in" : $"{names} removed:")} {ChangeText.Count(changes)}";
    }

    private static IEnumerable<string> Notes(TreeStatus before, Request request, ImmutableArray<KeptLine> kept)
    {
        foreach (var line in kept)
        {
            yield return $"note: {line.Path}: kept '{line.Line}', which was edited after apply wrote it";
        }

        var left = request is { Foreign: true, DeleteFiles: false }
            ? before.Findings.Where(finding => finding.IsFile && finding.Standing != Standing.Absent).ToList()
            : [];
        if (left.Count > 0)
        {
            var what = left is [var only] ? $"{only.Path} is left, which ksocket-intree did not write"
                : $"{left.Count} files are left that ksocket-intree did not write, such as {left[0].Path}";
            yield return $"note: {what}; --delete-files deletes {(left.Count == 1 ? "it" : "them")}";
        }
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Probing;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Planning;

/// <summary>Decides what apply does to a tree, or why it cannot.</summary>
public static class Planner
{
    /// <param name="readsKconfig">
    /// Whether the Kconfig files of the whole tree are read, as kconfig will do when it is built; false for a commit, of
    /// which only the files that the plan depends on are read.
    /// </param>
    public static IntegrationPlan Plan(KernelTree tree, DriverSource driver, IReadOnlyList<Part> parts, bool readsKconfig = true)
    {
        tree = SnapshotTree.Of(tree);
        tree.Expect(PlanInputs.Of(driver));
        var version = KernelVersion.Read(tree);
        foreach (var hook in driver.Hooks.Where(hook => parts.Contains(hook.Part)))
        {
            Links.Refuse(tree, hook.Path);
        }

        if (!parts.Contains(Part.Driver)
            && Inspector.Inspect(tree, driver, features: null, [Part.Driver]).State == PlanState.Absent)
        {
            var words = parts.Select(part => part.Word()).ToList();
            throw IntreeFailure.InTheWay(
                $"{tree.Name}: {string.Join(" and ", words)} need the driver, which is not in this tree",
                $"apply both: --parts driver,{string.Join(',', words)}");
        }

        var features = Probe.Run(tree, driver.Evidence);
        var status = Inspector.Inspect(tree, driver, features, parts);
        RefuseWhatIsInTheWay(tree, driver, status);

        var changes = Changes(tree, driver, features, parts);
        Links.Refuse(tree, changes);
        var notRead = Unbuilt.Refuse(
            tree,
            changes,
            driver,
            parts,
            readsKconfig,
            part => (driver.IsBundled
                ? "; ksocket-intree does not support this tree's Kconfig and Makefile layout"
                : $"; look into the folder of {driver.Name} first, then into the tree") + OtherParts(parts, part));
        return new IntegrationPlan(version, features, [.. parts], status, changes) { NotRead = notRead };
    }

    private static void RefuseWhatIsInTheWay(KernelTree tree, DriverSource driver, TreeStatus status)
    {
        if (status.State == PlanState.Foreign)
        {
            var traces = status.Of(Standing.Foreign, Standing.Changed).ToList();
            throw IntreeFailure.InTheWay(
                $"{tree.Name} already has a {driver.Name} that ksocket-intree did not put there: "
                + $"{traces[0].Place}: {traces[0].Note}{More(traces.Count)}",
                driver.IsBundled
                    ? "ksocket-intree status shows it path by path; remove --foreign removes its wiring, "
                        + "and with --delete-files its files, of a link the link alone"
                    : "give the driver another place: --with DIR:drivers/NAME, or take that out by hand");
        }

        var changed = status.Of(Standing.Changed).ToList();
        if (changed.Count > 0)
        {
            throw IntreeFailure.InTheWay(
                $"{tree.Name}: {changed[0].Path} was changed since it was written{More(changed.Count)}",
                "keep your version elsewhere and delete it here, then apply again");
        }

        if (status.Of(Standing.Foreign).FirstOrDefault(finding => tree.KindOf(finding.Path) == EntryKind.Link) is { } link)
        {
            Links.Refuse(tree, link.Path);
        }

        if (status.Of(Standing.Foreign).FirstOrDefault(finding => finding.Line is not null) is { } wiring)
        {
            throw IntreeFailure.InTheWay(
                $"{tree.Name}: {wiring.Place}: {driver.Name} is added by a line that ksocket-intree did not write: {wiring.Note}",
                "remove that line by hand, then apply again");
        }

        if (status.Of(Standing.Foreign).FirstOrDefault(finding => tree.KindOf(finding.Path) == EntryKind.Folder) is { } folder)
        {
            throw IntreeFailure.InTheWay(
                $"{tree.Name}: {folder.Path} is a folder, but {driver.Name} has a file there",
                "move it away, then apply again");
        }
    }

    internal static string More(int count) => count > 1 ? $" (and {count - 1} more)" : "";

    private static ImmutableArray<FileChange> Changes(KernelTree tree, DriverSource driver, FeatureSet features, IReadOnlyList<Part> parts)
    {
        var changes = ImmutableArray.CreateBuilder<FileChange>();
        foreach (var file in driver.For(features).Where(file => parts.Contains(file.Part)).OrderBy(file => file.Path))
        {
            var before = tree.TryReadFile(file.Path);
            if (before?.Bytes != file.Bytes)
            {
                changes.Add(new FileChange(file.Path, before, before?.With(file.Bytes) ?? file.Landed));
            }
        }

        foreach (var hook in driver.Hooks.Where(hook => parts.Contains(hook.Part)))
        {
            var before = tree.TryReadFile(hook.Path) ?? throw IntreeFailure.NotUnderstood(
                $"{tree.Name} has no {hook.Path}",
                $"is this tree complete? {driver.Name} needs an entry there{OtherParts(parts, hook.Part)}");
            if (hook.Traces(before.Bytes).Count == 0)
            {
                changes.Add(new FileChange(hook.Path, before, before.With(Wired(hook, before.Bytes, parts))));
            }
        }

        return changes.ToImmutable();
    }

    private static ByteString Wired(Hook hook, ByteString file, IReadOnlyList<Part> parts)
    {
        try
        {
            return hook.Apply(file);
        }
        catch (IntreeFailure noPlace) when (OtherParts(parts, hook.Part) is { Length: > 0 } others)
        {
            throw new IntreeFailure(noPlace.Kind, noPlace.Message, noPlace.Hint + others, noPlace);
        }
    }

    /// <summary>For a part that a tree has no place for: the words that leave it out. Vendors ship trees without documentation.</summary>
    private static string OtherParts(IReadOnlyList<Part> parts, Part without) =>
        without == Part.Driver || parts.Where(part => part != without).ToList() is not { Count: > 0 } others
            ? ""
            : $"; without the {without.Word()}: --parts {string.Join(',', others.Select(part => part.Word()))}";
}

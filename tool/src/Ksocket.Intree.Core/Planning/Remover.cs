// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Planning;

/// <summary>What to remove from a tree, in order: the wiring first, so that the tree always builds.</summary>
public sealed record RemovalPlan(KernelVersion Version, TreeStatus Before, ImmutableArray<FileChange> Changes)
{
    public bool IsDone => Changes.IsEmpty;
}

/// <summary>Decides what remove does to a tree, or why it must not. Needs no probe: files are recognised by content.</summary>
public static class Remover
{
    /// <summary>The exact inverse of apply.</summary>
    public static RemovalPlan Plan(KernelTree tree, DriverSource driver, IReadOnlyList<Part>? parts)
    {
        tree = SnapshotTree.Of(tree);
        var version = KernelVersion.Read(tree);
        var status = Inspector.Inspect(tree, driver, features: null, parts);
        if (status.State == PlanState.Foreign)
        {
            var trace = status.Of(Standing.Foreign, Standing.Changed).First();
            throw IntreeFailure.InTheWay(
                $"{tree.Name} has a {driver.Name} that ksocket-intree did not put there: {trace.Place}: {trace.Note}",
                driver.IsBundled
                    ? "remove --foreign removes its wiring; add --check to only see what it would do"
                    : "nothing was removed; take out by hand what is not the kernel's own");
        }

        if (status.Of(Standing.Changed, Standing.Foreign).ToList() is [var first, ..] inTheWay)
        {
            throw IntreeFailure.InTheWay(
                $"{tree.Name}: {first.Place}: {WhyInTheWay(first)}{Planner.More(inTheWay.Count)}",
                "nothing was removed; move what you want to keep out of the tree, delete the rest, and remove again");
        }

        // Without the driver the samples do not build, and the documentation describes nothing.
        if (parts is not null
            && parts.Contains(Part.Driver)
            && Inspector.Inspect(tree, driver).Parts.Except(parts).ToList() is [var left, ..])
        {
            var all = parts.Append(left).Order().Select(part => part.Word());
            throw IntreeFailure.InTheWay(
                $"{tree.Name}: the {left.Word()} {(left == Part.Docs ? "describe" : "need")} the driver and would be left behind",
                $"remove them too: omit --parts, or use --parts {string.Join(',', all)}");
        }

        var deleted = Delete(tree, status).UnionBy(Left(tree, driver, parts), change => change.Path);
        return new RemovalPlan(version, status, Checked(tree, [.. Unwire(tree, driver, status), .. deleted]));
    }

    /// <summary>
    /// Removes wiring made by hand or by older instructions: exactly its lines, and with
    /// <paramref name="deleteFiles"/> its folders too.
    /// </summary>
    public static RemovalPlan PlanForeign(KernelTree tree, DriverSource driver, bool deleteFiles)
    {
        tree = SnapshotTree.Of(tree);
        var version = KernelVersion.Read(tree);
        var status = Inspector.Inspect(tree, driver);
        if (status.State is not (PlanState.Foreign or PlanState.Absent))
        {
            throw IntreeFailure.InTheWay(
                $"{tree.Name}: the {driver.Name} in this tree is ours ({status.State.ToString().ToLowerInvariant()}), not foreign",
                "run remove without --foreign");
        }

        var lines = status.Findings.Where(finding => finding.Line is not null).ToLookup(finding => finding.Path);
        var unwired = lines
            .OrderByDescending(group => group.Key.IsNamed("Kconfig"))
            .Select(group => WithoutLines(tree, driver, group.Key, [.. group.Select(finding => finding.Line!.Value)]));
        var files = deleteFiles ? Delete(tree, status, Standing.Changed, Standing.Foreign, Standing.Derived) : [];
        return new RemovalPlan(version, status, Checked(tree, [.. unwired, .. files]));
    }

    private static ImmutableArray<FileChange> Checked(KernelTree tree, ImmutableArray<FileChange> changes)
    {
        Links.Refuse(tree, changes);
        return changes;
    }

    private static string WhyInTheWay(Finding finding) => finding switch
    {
        { Standing: Standing.Changed } => "was changed since it was written",
        { IsFile: true } => "is not ours",
        _ => $"is not ours: {finding.Note}",
    };

    private static IEnumerable<FileChange> Unwire(KernelTree tree, DriverSource driver, TreeStatus status) =>
        from hook in driver.Hooks.Reverse()
        where status.Findings.Any(
            finding => finding.Path == hook.Path && finding.Line is not null && finding.Standing == Standing.Present)
        let file = ToWrite(tree, hook.Path)
        select new FileChange(hook.Path, file, file.With(RevertAll(hook, file.Bytes)));

    private static TreeFile ToWrite(KernelTree tree, TreePath path)
    {
        Links.Refuse(tree, path);
        return tree.TryReadFile(path)!;
    }

    /// <summary>Reverts every copy: a merge can duplicate a line.</summary>
    internal static ByteString RevertAll(Hook hook, ByteString file)
    {
        while (hook.Traces(file).Any(trace => hook.IsOurs(file, trace)))
        {
            file = hook.Revert(file);
        }

        return file;
    }

    /// <summary>What an interrupted run left beside any file of ours: it may be all that is left of a part.</summary>
    private static IEnumerable<FileChange> Left(KernelTree tree, DriverSource driver, IReadOnlyList<Part>? parts) =>
        parts is not null ? [] : Staging.LeftIn(tree, driver, Parts.All).Select(path => new FileChange(path, tree.TryReadFile(path), null));

    private static IEnumerable<FileChange> Delete(KernelTree tree, TreeStatus status) =>
        Delete(tree, status, Standing.Present, Standing.Older, Standing.WrongVariant, Standing.Derived);

    private static IEnumerable<FileChange> Delete(KernelTree tree, TreeStatus status, params ReadOnlySpan<Standing> standings) =>
        [
            .. from finding in status.Of(standings)
               where finding.IsFile
               select new FileChange(finding.Path, tree.TryReadFile(finding.Path) ?? new TreeFile(default), null),
        ];

    /// <summary>A file without these whole statements; a statement that also names other folders is refused.</summary>
    private static FileChange WithoutLines(KernelTree tree, DriverSource driver, TreePath path, IReadOnlyList<int> numbers)
    {
        var file = ToWrite(tree, path);
        var spans = path.IsNamed("Kconfig")
            ? ByteLines.Of(file.Bytes).Where(line => numbers.Contains(line.Number)).Select(line => (line.Start, line.End))
            : MakefileText.Read(file.Bytes).Objects
                .Where(line => numbers.Contains(line.Line))
                .Select(line => (AloneIn(tree, driver, path, line).Start, line.End));
        var without = spans.OrderDescending().Aggregate(
            file.Bytes,
            (now, span) => now.Replace(span.Start, span.End - span.Start, ByteString.Empty));
        return new FileChange(path, file, file.With(without));
    }

    private static MakeAssignment AloneIn(KernelTree tree, DriverSource driver, TreePath path, MakeAssignment line)
    {
        var folder = ByteString.OfText($"{driver.Name}/");
        var other = line.Words.FirstOrDefault(word => word != folder);
        return line.Words.Length == 1 ? line : throw IntreeFailure.InTheWay(
            $"{tree.Name}: {path}:{line.Line}: this line also names {other}, so it is not {driver.Name}'s alone",
            $"take the word {folder} out of it by hand, then run remove --foreign again");
    }
}

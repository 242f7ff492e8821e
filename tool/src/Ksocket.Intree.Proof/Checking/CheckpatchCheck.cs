// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof.Checking;

/// <summary>Runs the tree's checkpatch --strict on the files of the drivers; of ksocket, exactly one known complaint is accepted.</summary>
public static class CheckpatchCheck
{
    /// <summary>Callers use the type, so it cannot be removed.</summary>
    private const string Known = "NEW_TYPEDEFS";

    private static readonly string[] Levels = ["ERROR:", "WARNING:", "CHECK:"];

    private static readonly TreePath Header = "include/net/ksocket.h";

    public static Finding Run(CheckedTree tree)
    {
        var script = tree.Source.PathOf("scripts/checkpatch.pl");
        if (Programs.Find("perl") is null || !File.Exists(script))
        {
            return Finding.Skipped(
                File.Exists(script) ? "perl is not installed: apt-get install perl" : "the tree has no scripts/checkpatch.pl");
        }

        var found = new List<string>();
        var own = tree.Drivers.All.SelectMany(driver => driver.OwnFolders).SelectMany(tree.Source.EntriesBelow);
        var outside = tree.Paths.Where(path => !path.EndsWith('/')).Select(path => new TreePath(path)).Where(tree.Has);
        foreach (var path in own.Where(path => !path.IsNamed(".kunitconfig")).Concat(outside))
        {
            var result = Run(tree, script, path);
            var complaints = new ConsoleText(result.Output).Lines
                .Where(line => Array.Exists(Levels, level => line.Contains(level, StringComparison.Ordinal))).ToList();
            if (result.ExitCode != 0 && complaints.Count == 0 && found.Count == 0)
            {
                return Finding.Skipped($"checkpatch cannot run: {result.FirstError}");
            }

            found.AddRange(result.ExitCode != 0 && complaints.Count == 0
                ? [$"{path}: ERROR: checkpatch failed: {result.FirstError}"] : complaints);
        }

        var unknown = found.Where(line => !line.Contains(Known, StringComparison.Ordinal)
            || !line.Contains($"{Header}:", StringComparison.Ordinal)).ToList();
        if (unknown.Count > 0)
        {
            var more = unknown.Count > 1 ? $" (and {unknown.Count - 1} more)" : "";
            throw IntreeFailure.NotProven(
                $"checkpatch: {unknown[0].Replace(tree.Source.Root + "/", "", StringComparison.Ordinal)}{more}",
                    "run checkpatch.pl --strict -f on that file");
        }

        if (!tree.Drivers.Bundled)
        {
            return Finding.Passed("--strict: no complaint");
        }

        return found.Count == 1 ? Finding.Passed($"--strict: only the known {Known} of ksocket_t") : throw IntreeFailure.NotProven(
            $"checkpatch: {found.Count} complaints of type {Known}, 1 is known", $"the known one is ksocket_t in {Header}");
    }

    private static ChildResult Run(CheckedTree tree, string script, TreePath path)
    {
        string[] arguments =
            [script, $"--root={tree.Source.Root}", "--no-tree", "--strict", "--terse", "--show-types", "-f", tree.Source.PathOf(path)];
        tree.Log.Command("perl", arguments);
        return new Child("perl", arguments)
        {
            Folder = tree.Source.Root,
            // A ~/.checkpatch.conf would change the result; the scratch folder has none.
            Environment = new Dictionary<string, string?> { ["HOME"] = tree.Scratch },
            OnLine = tree.Log.Write,
        }.Run();
    }
}

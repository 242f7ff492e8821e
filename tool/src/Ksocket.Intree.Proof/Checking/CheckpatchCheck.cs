// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Proof.Checking;

/// <summary>The tree's own checkpatch --strict over our files: it knows one thing to say, and says it once.</summary>
public static class CheckpatchCheck
{
    /// <summary>Callers compile against the type, so it stays.</summary>
    private const string Known = "NEW_TYPEDEFS";

    private static readonly TreePath Header = "include/net/ksocket.h";

    public static Finding Run(CheckedTree tree)
    {
        var script = tree.Source.PathOf("scripts/checkpatch.pl");
        if (Programs.Find("perl") is null || !File.Exists(script))
        {
            return Finding.Skipped(File.Exists(script) ? "perl is not installed: apt-get install perl" : "the tree has no scripts/checkpatch.pl");
        }

        var found = new List<string>();
        foreach (var path in Landing.OwnFolders.SelectMany(tree.Source.EntriesBelow).Where(path => !path.IsNamed(".kunitconfig")).Append(Header))
        {
            string[] arguments = [script, $"--root={tree.Source.Root}", "--no-tree", "--strict", "--terse", "--show-types", "-f", tree.Source.PathOf(path)];
            tree.Log.Command("perl", arguments);
            // A ~/.checkpatch.conf would decide with us what is found; in this folder of ours there is none.
            var result = new Child("perl", arguments) { Folder = tree.Source.Root, Environment = new Dictionary<string, string?> { ["HOME"] = tree.Scratch }, OnLine = tree.Log.Write }.Run();
            var complaints = result.Output.Split('\n').Where(line => line.Contains("ERROR:", StringComparison.Ordinal) || line.Contains("WARNING:", StringComparison.Ordinal) || line.Contains("CHECK:", StringComparison.Ordinal)).ToList();
            if (result.ExitCode != 0 && complaints.Count == 0 && found.Count == 0)
            {
                return Finding.Skipped($"checkpatch does not run here: {result.FirstError}");
            }

            found.AddRange(result.ExitCode != 0 && complaints.Count == 0 ? [$"{path}: ERROR: checkpatch ended with {result.FirstError}"] : complaints);
        }

        var unknown = found.Where(line => !line.Contains(Known, StringComparison.Ordinal)).ToList();
        return unknown.Count > 0 ? throw IntreeFailure.NotProven($"checkpatch: {unknown[0].Replace(tree.Source.Root + "/", "", StringComparison.Ordinal)}{(unknown.Count > 1 ? $" (and {unknown.Count - 1} more)" : "")}", "run checkpatch.pl --strict -f on that file")
            : found.Count != 1 ? throw IntreeFailure.NotProven($"checkpatch: {Known} is said {found.Count} times, once is known", $"ksocket_t of {Header} is the one known complaint")
            : Finding.Passed($"--strict says {Known} of ksocket_t, and nothing else");
    }
}

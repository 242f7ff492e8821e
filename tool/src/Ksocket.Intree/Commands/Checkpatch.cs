// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Sending;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Processes;

namespace Ksocket.Intree.Commands;

/// <summary>Runs checkpatch.pl of the target tree on the patches, as netdev does: strict, at 80 columns.</summary>
internal static partial class Checkpatch
{
    private const string Name = "checkpatch";

    private static readonly TreePath Script = "scripts/checkpatch.pl";

    /// <summary>What the script reads from its own folder.</summary>
    private static readonly TreePath[] Lists = ["scripts/const_structs.checkpatch", "scripts/spelling.txt"];

    /// <summary>It takes a minute, and over five on a machine with much else to do.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    /// <param name="tree">The target tree; null if none was named.</param>
    public static CheckResult Run(KernelTree? tree, StoredSeries series)
    {
        if (tree is null || Programs.Find("perl") is null)
        {
            return CheckResult.Warn(Name, tree is null ? "not run; --tree TREE does" : "not run: perl is not installed");
        }

        using var folder = new ScriptFolder(Name);
        if (folder.Copy(tree, Script) is null)
        {
            return CheckResult.Warn(Name, $"not run: the tree has no {Script}");
        }

        foreach (var list in Lists)
        {
            folder.Copy(tree, list);
        }

        foreach (var letter in series.Letters.Where(letter => series.Index.Patches.Contains(letter.FileName)))
        {
            folder.Write(letter.FileName, letter.Bytes);
        }

        return Run(folder.Root, series);
    }

    private static CheckResult Run(string folder, StoredSeries series)
    {
        var words = new[] { Script.ToString(), "--no-tree", "--strict", "--max-line-length=80", "--terse", "--no-summary", "--show-types" };
        var run = new Child("perl", [.. words, .. series.Index.Patches]) { Folder = folder, Limit = Limit }.Run();
        var lines = ByteLines.Of(new ByteString(run.Output.ToArray())).Select(line => line.Text);
        var found = lines.Where(line => Finding().IsMatch(line)).ToList();
        var errors = found.Where(line => line.Contains(": ERROR:", StringComparison.Ordinal)).ToList();
        return run.TimedOut ? CheckResult.Refuse(Name, $"it did not end in {Limit.TotalMinutes} minutes")
            : found.Count == 0 && run.Succeeded ? CheckResult.Ok(Name, "no findings of checkpatch --strict at 80 columns")
            : found.Count == 0 ? CheckResult.Refuse(Name, $"it failed: {run.Output.ToString().Trim().Split('\n')[^1]}")
            : errors.Count > 0 ? CheckResult.Refuse(Name, $"{errors.Count} errors, the first: {errors[0]}")
            : CheckResult.Warn(Name, $"{found.Count} findings, the first: {found[0]}");
    }

    [GeneratedRegex(@": (ERROR|WARNING|CHECK):")]
    private static partial Regex Finding();
}

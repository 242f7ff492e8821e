// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Mail;
using Ksocket.Intree.Core.Sending;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Processes;

namespace Ksocket.Intree.Commands;

/// <summary>
/// Runs kernel-doc of the target tree on the C files that the patches create, as netdev does. It is a Perl script up to
/// Linux 6.15, then a Python program with modules of its own.
/// </summary>
internal static partial class KernelDoc
{
    private const string Name = "kernel-doc";

    private static readonly TreePath Script = "scripts/kernel-doc";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    /// <param name="tree">The target tree; null if none was named.</param>
    public static CheckResult Run(KernelTree? tree, StoredSeries series)
    {
        if (tree is null)
        {
            return CheckResult.Warn(Name, "not run; --tree TREE does");
        }

        using var folder = new ScriptFolder(Name);
        if (folder.Copy(tree, Script) is not { } script)
        {
            return CheckResult.Warn(Name, $"not run: the tree has no {Script}");
        }

        var text = tree.TryRead(script)!.Value;
        var program = ByteLines.Of(text)[0].Bytes.Contains("python"u8) ? "python3" : "perl";
        if (Programs.Find(program) is null)
        {
            return CheckResult.Warn(Name, $"not run: {program} is not installed");
        }

        folder.CopyBelow(tree, "scripts/lib", ".py");
        folder.CopyBelow(tree, "tools/lib/python", ".py");
        var sources = Sources(series).ToList();
        sources.ForEach(source => folder.Write(source.Path, source.Bytes));
        var all = text.Contains("-Wall"u8) ? ["-Wall"] : (string[])[];
        var run = new Child(program, [script.ToString(), "-none", .. all, .. sources.Select(source => source.Path.ToString())])
        {
            Folder = folder.Root,
            Limit = Limit,
            Environment = new Dictionary<string, string?> { ["PYTHONDONTWRITEBYTECODE"] = "1" },
        }.Run();
        var lines = ByteLines.Of(new ByteString(run.Output.ToArray())).Select(line => line.Text).ToList();
        var found = lines.Where(line => Finding().IsMatch(line)).ToList();
        return run.TimedOut ? CheckResult.Refuse(Name, $"it did not end in {Limit.TotalMinutes} minutes")
            : found.Count > 0 ? CheckResult.Refuse(Name, $"{found.Count} findings, the first: {found[0].Trim()}")
            : !run.Succeeded ? CheckResult.Refuse(Name, $"it failed: {lines.LastOrDefault(line => line.Length > 0)}")
            : CheckResult.Ok(Name, $"no findings in {sources.Count} files");
    }

    /// <summary>The C files as the series creates them.</summary>
    private static IEnumerable<(TreePath Path, ByteString Bytes)> Sources(StoredSeries series) =>
        from letter in series.Letters
        from section in DiffSection.In(letter.Bytes)
        where section.Mode is not null && (section.Path.EndsIn(".c") || section.Path.EndsIn(".h"))
        let lines = section.Hunks.SelectMany(hunk => hunk.Lines).Where(line => line.StartsWith("+"u8))
        select (section.Path, ByteString.Concat([.. lines.SelectMany(line => (ByteString[])[line.Slice(1), ByteString.Of("\n"u8)])]));

    [GeneratedRegex(@"\b(warning|error):", RegexOptions.IgnoreCase)]
    private static partial Regex Finding();
}

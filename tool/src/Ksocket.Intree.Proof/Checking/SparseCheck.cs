// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Core;
using Ksocket.Intree.Proof.Building;

namespace Ksocket.Intree.Proof.Checking;

/// <summary>
/// make C=2 over our files. A kernel that finds the checker too old goes on without it and make succeeds; so silence
/// counts only after sparse has found a seeded fault in the same run.
/// </summary>
public static partial class SparseCheck
{
    /// <summary>
    /// Reads through a user's pointer as if it were the kernel's; and has the lines of every module and the headers that
    /// ours have: where sparse does not understand those (0.6.4 on 6.19: "bad constant expression"), it keeps every
    /// warning of that file to itself.
    /// </summary>
    private const string Seeded = """
        // SPDX-License-Identifier: GPL-2.0-only
        #include <linux/compiler.h>
        #include <linux/module.h>
        #include <net/sock.h>
        #include <net/ksocket.h>
        int ksocket_seeded(const int __user *value);
        int ksocket_seeded(const int __user *value)
        {
        	return *value;
        }

        MODULE_LICENSE("GPL");
        MODULE_DESCRIPTION("a seeded fault");

        """;

    public static Finding Run(CheckedTree tree)
    {
        if (Programs.Find("sparse") is null)
        {
            return Finding.Skipped("sparse is not installed: apt-get install sparse");
        }

        var seeded = tree.Build.Make(["C=2", .. new ScratchFile(tree.Scratch, Seeded).Words]).Output;
        if (TooOld().Match(seeded) is { Success: true } refusal)
        {
            return Finding.Skipped($"sparse too old: {refusal.Value.Trim()}");
        }

        if (Foreign(seeded) is { } misread)
        {
            return misread;
        }

        if (!seeded.Contains("dereference of noderef", StringComparison.Ordinal))
        {
            var why = Error().Match(seeded) is { Success: true } error ? $" (it says of a file that is nobody's: {error.Groups["what"].Value})" : "";
            return Finding.Skipped($"sparse did not find a seeded __user fault, so its silence says nothing{why}");
        }

        var result = tree.Build.Make(["C=2", .. tree.Words, .. tree.Folders]);
        if (Foreign(result.Output) is { } silenced)
        {
            return silenced;
        }

        KernelBuild.Expect(result, "make C=2");
        var lines = result.Output.Split('\n');
        if (!lines.Any(line => line.Contains("CHECK", StringComparison.Ordinal) && line.Contains("drivers/ksocket/socket.c", StringComparison.Ordinal)))
        {
            return Finding.Skipped("make did not run sparse on drivers/ksocket");
        }

        var found = lines.Where(line => Complaint().IsMatch(line)).ToList();
        return found.Count > 0
            ? throw IntreeFailure.NotProven($"sparse: {found[0].Trim()}{(found.Count > 1 ? $" (and {found.Count - 1} more)" : "")}")
            : Finding.Passed("silent on our files, after it found a seeded __user fault");
    }

    /// <summary>After an error of its own in any file, sparse keeps the warnings of all that include it to itself.</summary>
    private static Finding? Foreign(string output) =>
        ForeignError().Match(output) is { Success: true } error ? Finding.Skipped($"sparse does not understand this kernel's headers: {error.Value.Trim()}") : null;

    [GeneratedRegex(@"^(?!\S*(scratch\.c|(drivers|samples)/ksocket/|include/net/ksocket\.h))\S+:\d+:\d+: error: .*$", RegexOptions.Multiline)]
    private static partial Regex ForeignError();

    [GeneratedRegex(@"[^\n]*sparse[^\n]*(too old|not up to date|outdated)[^\n]*", RegexOptions.IgnoreCase)]
    private static partial Regex TooOld();

    [GeneratedRegex(@"scratch\.c:.*(?<what>error: [^\n]*)")]
    private static partial Regex Error();

    [GeneratedRegex(@"((drivers|samples)/ksocket/|include/net/ksocket\.h).*: (warning|error):")]
    private static partial Regex Complaint();
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Core;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Proof.Building;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof.Checking;

/// <summary>
/// Runs make C=2 on the files of the drivers. If a kernel finds sparse too old, make skips it and succeeds; so no output counts
/// as a pass only if sparse found a seeded fault in the same run.
/// </summary>
public static partial class SparseCheck
{
    /// <summary>
    /// Dereferences a user pointer. It has the module lines and headers of the driver: if sparse cannot parse those (0.6.4
    /// on 6.19: "bad constant expression"), it suppresses all warnings of the file.
    /// </summary>
    private const string Seeded = """
        // SPDX-License-Identifier: GPL-2.0-only
        #include <linux/compiler.h>
        #include <linux/module.h>
        #include <net/sock.h>
        HEADER
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

        var text = Seeded.Replace("HEADER\n", tree.Drivers.Bundled ? "#include <net/ksocket.h>\n" : "", StringComparison.Ordinal);
        var seeded = new ConsoleText(tree.Build.Make(["C=2", .. new ScratchFile(tree.Scratch, text).MakeArguments]).Output);
        var ours = $"({string.Join('|', tree.Paths.Select(Regex.Escape))})";
        if (First(seeded, TooOld()) is { } refusal)
        {
            return Finding.Skipped($"sparse too old: {refusal.Value.Trim()}");
        }

        if (Foreign(seeded, ours) is { } misread)
        {
            return misread;
        }

        if (!seeded.Contains("dereference of noderef"))
        {
            var why = First(seeded, Error()) is { } error ? $" (error in the test file: {error.Groups["what"].Value})" : "";
            return Finding.Skipped($"sparse did not find a seeded __user fault, so no output is no pass{why}");
        }

        var result = tree.Build.Make(["C=2", .. tree.MakeArguments, .. tree.Folders]);
        var output = new ConsoleText(result.Output);
        if (Foreign(output, ours) is { } silenced)
        {
            return silenced;
        }

        KernelBuild.Expect(result, "make C=2");
        var sources = tree.Drivers.All.Select(driver => driver.IsBundled ? "drivers/ksocket/socket.c" : $"{driver.Folder}/");
        if (sources.FirstOrDefault(path => !output.Lines.Any(line => Regex.IsMatch(line, $"CHECK.*{Regex.Escape(path)}"))) is { } not)
        {
            return Finding.Skipped($"make did not run sparse on {not}");
        }

        var found = output.Lines.Where(line => Regex.IsMatch(line, $"{ours}.*: (warning|error):")).ToList();
        var more = found.Count > 1 ? $" (and {found.Count - 1} more)" : "";
        return found.Count > 0
            ? throw IntreeFailure.NotProven($"sparse: {found[0].Trim()}{more}")
            : Finding.Passed("no warnings; the seeded __user fault was found");
    }

    /// <summary>After an error in a header, sparse suppresses warnings in every file that includes it.</summary>
    /// <param name="ours">A pattern for the paths of the drivers.</param>
    private static Finding? Foreign(ConsoleText output, string ours) =>
        First(output, new Regex($@"^(?!\S*(scratch\.c|{ours}))\S+:\d+:\d+: error: .*$")) is { } error
            ? Finding.Skipped($"sparse cannot parse the headers of this kernel: {error.Value.Trim()}")
            : null;

    private static Match? First(ConsoleText output, Regex sought) =>
        output.Lines.Select(line => sought.Match(line)).FirstOrDefault(match => match.Success);

    [GeneratedRegex(@".*sparse.*(too old|not up to date|outdated).*", RegexOptions.IgnoreCase)]
    private static partial Regex TooOld();

    [GeneratedRegex(@"scratch\.c:.*(?<what>error: .*)")]
    private static partial Regex Error();
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Core;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Proof.Building;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof.Checking;

/// <summary>Runs make W=1: the files of the drivers may cause only the warnings that an empty file causes in the same tree.</summary>
public static partial class WarningCheck
{
    private const string Empty = "// SPDX-License-Identifier: GPL-2.0-only\n";

    public static Finding Run(CheckedTree tree)
    {
        var scratch = new ScratchFile(tree.Scratch, Empty);

        // Changed flags make kbuild rebuild its own prepared files; their warnings are the kernel's.
        var prepared = Warnings(tree.Build.Make(["W=1", "prepare"]));
        List<string> allowed = [.. prepared, .. Warnings(tree.Build.Make(["W=1", .. scratch.MakeArguments]))];
        var ours = tree.Build.Make(["W=1", .. tree.MakeArguments, .. tree.Folders]);
        var found = Warnings(ours).Except(allowed).ToList();

        var output = new ConsoleText(ours.Output);
        if (tree.Objects.FirstOrDefault(name => !output.Lines.Any(line => line.Contains(" CC ", StringComparison.Ordinal)
            && line.Contains(name, StringComparison.Ordinal))) is { } missing)
        {
            throw IntreeFailure.NotProven(
                $"make W=1 did not compile {missing}",
                "make considered the objects up to date; delete the work folder and run prove again");
        }

        var more = found.Count > 1 ? $" (and {found.Count - 1} more)" : "";
        return found.Count > 0
            ? throw IntreeFailure.NotProven($"W=1: {found[0]}{more}")
            : Finding.Passed("no warnings beyond those of an empty file");
    }

    private static List<string> Warnings(ChildResult result)
    {
        KernelBuild.Expect(result, "make W=1");
        return [.. new ConsoleText(result.Output).Lines.Where(line => Warning().IsMatch(line)).Select(line => line.Trim())];
    }

    [GeneratedRegex("warning:", RegexOptions.IgnoreCase)]
    private static partial Regex Warning();
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Core;
using Ksocket.Intree.Files;
using Ksocket.Intree.Processes;

namespace Ksocket.Intree.Configure;

/// <summary>Runs the tree's own kconfig on a copy of a configuration.</summary>
internal sealed partial class TreeKconfig(FolderTree tree, BuildTarget target)
{
    /// <summary>What kconfig is built with.</summary>
    private static readonly string[] Needed = ["make", "gcc", "flex", "bison"];

    public void Enable(IEnumerable<string> symbols, string config)
    {
        string[] words = [.. symbols.SelectMany(symbol => (string[])["--enable", symbol])];
        Run(tree.PathOf("scripts/config"), ["--file", config, .. words], $"scripts/config {string.Join(' ', words)}");
    }

    public void Settle(string config)
    {
        string[] words = [.. target.WordsToRun, "olddefconfig"];
        Run("make", ["-s", "-C", tree.Root, $"KCONFIG_CONFIG={config}", .. words], $"make {string.Join(' ', words)}");
    }

    private void Run(string program, IReadOnlyList<string> arguments, string what)
    {
        var result = new Child(program, arguments) { Folder = tree.Root }.Run();
        if (result.Succeeded)
        {
            return;
        }

        var cause = Cause(result.Output.Lines().Select(line => line.ToString()).Where(line => line.Trim().Length > 0));
        var missing = Needed.Where(needed => Programs.Find(needed) is null).ToList();
        var message = $"{tree.Name}: {what} failed: {cause ?? "no output"}";
        throw missing.Count > 0
            ? IntreeFailure.Fatal(message, $"kconfig needs them: apt-get install {string.Join(' ', missing.Select(Programs.PackageOf))}")
            : Absent(cause) is { } absent
            ? IntreeFailure.Fatal(message, $"is {absent} installed, and on PATH?")
            : IntreeFailure.NotUnderstood(
                message,
                $"no file of the tree was changed; the same by hand: make -C {ShellWord.Quote(tree.Root)}{target.Text} olddefconfig");
    }

    /// <summary>The first line that is neither make's own nor a warning; else the first line.</summary>
    private static string? Cause(IEnumerable<string> output)
    {
        var lines = output.ToList();
        return lines.Find(line => !MakesOwn().IsMatch(line) && !line.Contains("warning:", StringComparison.OrdinalIgnoreCase))
            ?? lines.FirstOrDefault();
    }

    /// <summary>The program that a message says is not there; null if it says no such thing.</summary>
    private static string? Absent(string? cause) =>
        cause is not null && NotFound().Match(cause) is { Success: true } match
            ? match.Groups.Cast<Group>().Skip(1).First(group => group.Success).Value
            : null;

    [GeneratedRegex(@"^make(\[\d+\])?: |^\*+$")]
    private static partial Regex MakesOwn();

    /// <summary>As a shell, make and scripts/Kconfig.include print it.</summary>
    [GeneratedRegex(
        @"(?:linker|compiler|assembler) '([^']+)' not found|: ([\w.+/-]+): (?:command )?not found$"
        + @"|^make[^:]*: ([\w.+/-]+): No such file")]
    private static partial Regex NotFound();
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Core;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof.Building;

/// <summary>Tells a make that failed because of this machine from one that failed because of the tree.</summary>
public static partial class EnvironmentFailure
{
    /// <summary>Headers that a kernel's own programs are compiled with, and the Debian packages that bring them.</summary>
    private static readonly (string Beginning, string Package)[] Headers =
        [("libelf", "libelf-dev"), ("gelf", "libelf-dev"), ("openssl/", "libssl-dev"), ("zlib", "zlib1g-dev")];

    /// <summary>Null if nothing in the output blames the machine.</summary>
    public static IntreeFailure? In(ConsoleText output, string what) =>
        NoSpace(output, what) ?? OutOfMemory(output, what) ?? NoCache(output, what) ?? NoHeader(output, what);

    private static IntreeFailure? NoSpace(ConsoleText output, string what) =>
        !output.Contains("No space left on device") ? null : IntreeFailure.Fatal(
        $"{what}: no space left on the disk of the work folder",
        "free some space, or name another folder with --work; what is built already is kept");

    private static IntreeFailure? OutOfMemory(ConsoleText output, string what) =>
        !output.Lines.Any(line => Killed().IsMatch(line)) ? null : IntreeFailure.Fatal(
        $"{what}: the compiler or the linker was killed, as the kernel does when memory runs out",
        "end other programs, or prove fewer trees at a time");

    private static IntreeFailure? NoCache(ConsoleText output, string what)
    {
        var refusal = output.Lines.FirstOrDefault(line => line.StartsWith("ccache: error: ", StringComparison.Ordinal));
        return refusal is null ? null : IntreeFailure.Fatal(
            $"{what}: {refusal}",
            "give ccache a folder that it can write to (CCACHE_DIR), or leave it out: CCACHE_DISABLE=1");
    }

    private static IntreeFailure? NoHeader(ConsoleText output, string what)
    {
        var header = output.Lines.Select(line => MissingHeader().Match(line))
            .FirstOrDefault(match => match.Success)?.Groups["header"].Value ?? "";
        var package = Headers.FirstOrDefault(known => header.StartsWith(known.Beginning, StringComparison.Ordinal)).Package;
        return package is null ? null : IntreeFailure.Fatal(
            $"{what}: this kernel's own build programs need {header}, which is not on this machine",
            $"install it: apt-get install {package}");
    }

    /// <summary>As gcc reports it of its compiler, collect2 of its linker, and make of what it or its shell started.</summary>
    [GeneratedRegex(@"fatal error: Killed signal terminated|terminated with signal 9\b|^make\S*: \*\*\* .* (Killed|Error 137)$")]
    private static partial Regex Killed();

    [GeneratedRegex(@"^\S+:\d+:\d+: fatal error: (?<header>\S+\.h): No such file or directory")]
    private static partial Regex MissingHeader();
}

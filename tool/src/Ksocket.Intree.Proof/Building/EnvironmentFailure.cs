// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Core;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof.Building;

/// <summary>Recognizes a make that failed because of the environment, not because of the tree.</summary>
public static partial class EnvironmentFailure
{
    /// <summary>Headers that the kernel's host programs need, and their Debian packages.</summary>
    private static readonly (string Beginning, string Package)[] Headers =
        [("libelf", "libelf-dev"), ("gelf", "libelf-dev"), ("openssl/", "libssl-dev"), ("zlib", "zlib1g-dev")];

    /// <summary>strerror(ENOSPC), and what kbuild's fixdep prints instead of it since 6.1.</summary>
    private static readonly string[] FullDisk = ["No space left on device", "fixdep: not all data was written to the output"];

    /// <summary>Null if the output shows no environment failure.</summary>
    public static IntreeFailure? In(ConsoleText output, string what) =>
        NoSpace(output, what) ?? OutOfMemory(output, what) ?? NoCache(output, what) ?? NoHeader(output, what);

    private static IntreeFailure? NoSpace(ConsoleText output, string what) =>
        !Array.Exists(FullDisk, output.Contains) ? null : IntreeFailure.Fatal(
        $"{what}: no space left on the disk of the work folder",
        "free some space, or choose another folder with --work; finished objects are kept");

    private static IntreeFailure? OutOfMemory(ConsoleText output, string what) =>
        !output.Lines.Any(line => Killed().IsMatch(line)) ? null : IntreeFailure.Fatal(
        $"{what}: the compiler or the linker was killed; the system is probably out of memory",
        "stop other programs, or prove fewer trees at a time");

    private static IntreeFailure? NoCache(ConsoleText output, string what)
    {
        var refusal = output.Lines.FirstOrDefault(line => line.StartsWith("ccache: error: ", StringComparison.Ordinal));
        return refusal is null ? null : IntreeFailure.Fatal(
            $"{what}: {refusal}",
            "set CCACHE_DIR to a writable folder, or disable ccache with CCACHE_DISABLE=1");
    }

    private static IntreeFailure? NoHeader(ConsoleText output, string what)
    {
        var header = output.Lines.Select(line => MissingHeader().Match(line))
            .FirstOrDefault(match => match.Success)?.Groups["header"].Value ?? "";
        var package = Headers.FirstOrDefault(known => header.StartsWith(known.Beginning, StringComparison.Ordinal)).Package;
        return package is null ? null : IntreeFailure.Fatal(
            $"{what}: the host programs of this kernel need {header}, which is not installed",
            $"install it: apt-get install {package}");
    }

    /// <summary>The message of gcc for its compiler, of collect2 for its linker, and of make for its commands.</summary>
    [GeneratedRegex(@"fatal error: Killed signal terminated|terminated with signal 9\b|^make\S*: \*\*\* .* (Killed|Error 137)$")]
    private static partial Regex Killed();

    [GeneratedRegex(@"^\S+:\d+:\d+: fatal error: (?<header>\S+\.h): No such file or directory")]
    private static partial Regex MissingHeader();
}

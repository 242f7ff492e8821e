// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Core;

namespace Ksocket.Intree.Proof.Building;

/// <summary>What a make that failed says when it was the machine that refused, and not the tree that is wrong.</summary>
public static partial class MachineFault
{
    /// <summary>Headers that a kernel's own programs are compiled with, and the Debian packages that bring them.</summary>
    private static readonly (string Beginning, string Package)[] Headers = [("libelf", "libelf-dev"), ("gelf", "libelf-dev"), ("openssl/", "libssl-dev"), ("zlib", "zlib1g-dev")];

    /// <summary>Null if nothing of what was said is the machine's.</summary>
    public static IntreeFailure? In(string output, string what)
    {
        if (output.Contains("No space left on device", StringComparison.Ordinal))
        {
            return IntreeFailure.Fatal($"{what}: no space left on the disk of the work folder", "free some space, or name another folder with --work; what is built already is kept");
        }

        if (Killed().IsMatch(output))
        {
            return IntreeFailure.Fatal($"{what}: the compiler or the linker was killed, as the kernel does when memory runs out", "end other programs, or prove fewer trees at a time");
        }

        if (CacheRefusal().Match(output) is { Success: true } refusal)
        {
            return IntreeFailure.Fatal($"{what}: {refusal.Value}", "give ccache a folder that it can write to (CCACHE_DIR), or leave it out: CCACHE_DISABLE=1");
        }

        var header = MissingHeader().Match(output).Groups["header"].Value;
        var package = Headers.FirstOrDefault(known => header.StartsWith(known.Beginning, StringComparison.Ordinal)).Package;
        return package is null ? null : IntreeFailure.Fatal($"{what}: this kernel's own build programs need {header}, which is not on this machine", $"install it: apt-get install {package}");
    }

    /// <summary>By the words of gcc for its compiler, of collect2 for its linker, and of make for what it or its shell started.</summary>
    [GeneratedRegex(@"fatal error: Killed signal terminated|terminated with signal 9\b|^make\S*: \*\*\* .* (Killed|Error 137)$", RegexOptions.Multiline)]
    private static partial Regex Killed();

    [GeneratedRegex("^ccache: error: .*$", RegexOptions.Multiline)]
    private static partial Regex CacheRefusal();

    [GeneratedRegex(@"^\S+:\d+:\d+: fatal error: (?<header>\S+\.h): No such file or directory", RegexOptions.Multiline)]
    private static partial Regex MissingHeader();
}

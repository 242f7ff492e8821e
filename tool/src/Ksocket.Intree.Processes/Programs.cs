// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;

namespace Ksocket.Intree.Processes;

/// <summary>Finds programs in PATH, and the Debian package of a missing one.</summary>
public static class Programs
{
    /// <summary>Programs whose package has another name.</summary>
    private static readonly Dictionary<string, string> Packages = new()
    {
        ["cp"] = "coreutils",
        ["qemu-system-x86_64"] = "qemu-system-x86",
        ["aarch64-linux-gnu-gcc"] = "gcc-aarch64-linux-gnu",
    };

    /// <param name="path">A PATH to search instead of this process's.</param>
    public static string? Find(string program, string? path = null) =>
        (path ?? Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    public static string PackageOf(string program) => Packages.GetValueOrDefault(program, program);

    /// <summary>A hint with the command that installs a program.</summary>
    public static string InstallHint(string program) => $"install it: apt-get install {PackageOf(program)}";

    /// <summary>Throws if a program is missing.</summary>
    /// <param name="purpose">What they are needed for, such as "to build a kernel".</param>
    /// <param name="libraries">Further packages to name.</param>
    public static void RefuseIfMissing(string purpose, IEnumerable<string> programs, params string[] libraries)
    {
        var missing = programs.Where(program => Find(program) is null).ToList();
        if (missing.Count > 0)
        {
            throw IntreeFailure.Fatal(
                $"{purpose}, {string.Join(", ", missing)} {(missing.Count == 1 ? "is" : "are")} missing",
                $"apt-get install {string.Join(' ', missing.Select(PackageOf).Concat(libraries))}");
        }
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;

namespace Ksocket.Intree.Proof;

/// <summary>The programs a proof runs.</summary>
public static class Programs
{
    /// <summary>Each with the Debian package it is in.</summary>
    private static readonly (string Program, string Package)[] Needed =
        [("make", "make"), ("gcc", "gcc"), ("flex", "flex"), ("bison", "bison"), ("bc", "bc"), ("cp", "coreutils")];

    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    public static void RefuseIfMissing()
    {
        var missing = Needed.Where(needed => Find(needed.Program) is null).ToList();
        if (missing.Count > 0)
        {
            throw IntreeFailure.Fatal(
                $"to build a kernel, {string.Join(", ", missing.Select(needed => needed.Program))} {(missing.Count == 1 ? "is" : "are")} missing",
                $"apt-get install {string.Join(' ', missing.Select(needed => needed.Package).Append("libc6-dev"))}");
        }
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Runtime.InteropServices;
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

    /// <summary>User-mode Linux is for x86 alone, and the kernel that QEMU boots is compiled by the machine's own gcc too.</summary>
    public static void RefuseMachine(Architecture machine)
    {
        if (machine != Architecture.X64)
        {
            throw IntreeFailure.Fatal(
                $"prove builds kernels with --arch um or x86_64, both on an x86_64 machine only, and this one is {machine.ToString().ToLowerInvariant()}",
                "prove on an x86_64 machine; all other verbs work here, and so does make -C drivers-ksocket");
        }
    }

    public static void RefuseIfMissing()
    {
        RefuseMachine(RuntimeInformation.OSArchitecture);
        var missing = Needed.Where(needed => Find(needed.Program) is null).ToList();
        if (missing.Count > 0)
        {
            throw IntreeFailure.Fatal(
                $"to build a kernel, {string.Join(", ", missing.Select(needed => needed.Program))} {(missing.Count == 1 ? "is" : "are")} missing",
                $"apt-get install {string.Join(' ', missing.Select(needed => needed.Package).Append("libc6-dev"))}");
        }
    }
}

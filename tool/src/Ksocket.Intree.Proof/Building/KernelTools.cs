// SPDX-License-Identifier: GPL-2.0-only
using System.Runtime.InteropServices;
using Ksocket.Intree.Core;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Proof.Building;

/// <summary>Checks for the programs that a kernel build needs, before it starts.</summary>
public static class KernelTools
{
    private static readonly string[] Needed = ["make", "gcc", "flex", "bison", "bc", "cp"];

    public static void RefuseIfMissing(Arch arch)
    {
        if (arch.CrossCompile.Length > 0)
        {
            Programs.RefuseIfMissing($"to build a kernel for {arch}", [.. Needed, $"{arch.CrossCompile}gcc"], "libc6-dev");
            return;
        }

        RefuseArchitecture(RuntimeInformation.OSArchitecture);
        Programs.RefuseIfMissing("to build a kernel", Needed, "libc6-dev");
    }

    /// <summary>User-mode Linux exists for x86 only, and the kernel for QEMU is compiled with the native gcc.</summary>
    public static void RefuseArchitecture(Architecture machine)
    {
        if (machine != Architecture.X64)
        {
            throw IntreeFailure.Fatal(
                "prove boots kernels with --arch um or x86_64, on an x86_64 machine only, "
                    + $"and this machine is {machine.ToString().ToLowerInvariant()}",
                "run prove on an x86_64 machine; --arch arm64, which builds and links only, and all other verbs work here");
        }
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Runtime.InteropServices;
using Ksocket.Intree.Core;
using Ksocket.Intree.Processes;

namespace Ksocket.Intree.Proof.Building;

/// <summary>What a kernel build needs of this machine, asked before it begins.</summary>
public static class KernelTools
{
    private static readonly string[] Needed = ["make", "gcc", "flex", "bison", "bc", "cp"];

    public static void RefuseIfMissing()
    {
        RefuseMachine(RuntimeInformation.OSArchitecture);
        Programs.RefuseIfMissing("to build a kernel", Needed, "libc6-dev");
    }

    /// <summary>User-mode Linux exists for x86 only, and the kernel that QEMU boots is compiled by the machine's own gcc too.</summary>
    public static void RefuseMachine(Architecture machine)
    {
        if (machine != Architecture.X64)
        {
            throw IntreeFailure.Fatal(
                "prove builds kernels with --arch um or x86_64, both on an x86_64 machine only, "
                    + $"and this one is {machine.ToString().ToLowerInvariant()}",
                "prove on an x86_64 machine; all other verbs work here, and so does make -C drivers-ksocket");
        }
    }
}

// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Proof.Terms;

/// <summary>The architecture of a kernel.</summary>
/// <param name="Name">Its name for --arch and for its config fragment.</param>
/// <param name="Image">The make target, and the file to boot.</param>
public sealed record Arch(string Name, string Image)
{
    /// <summary>User-mode Linux, a process; fast to build and boot.</summary>
    public static Arch Um { get; } = new("um", "linux");

    /// <summary>A PC, under QEMU.</summary>
    public static Arch X86 { get; } = new("x86_64", "vmlinux");

    /// <summary>64-bit ARM: cross-compiled and linked, not booted.</summary>
    public static Arch Arm64 { get; } = new("arm64", "vmlinux") { CrossCompile = "aarch64-linux-gnu-", IsBooted = false };

    public static IReadOnlyList<Arch> All { get; } = [Um, X86, Arm64];

    /// <summary>The prefix of its compiler and binutils; empty for those of this machine.</summary>
    public string CrossCompile { get; private init; } = "";

    /// <summary>False if its kernels are built and linked only.</summary>
    public bool IsBooted { get; private init; } = true;

    public override string ToString() => Name;
}

/// <summary>The kind of kernel to build; all forms of one kind share an output folder.</summary>
/// <param name="Debug">With the kernel's detectors: KASAN, lockdep, atomic sleep checks, kmemleak.</param>
public sealed record KernelKind(Arch Arch, bool Debug)
{
    /// <summary>Its name for folders and reports.</summary>
    public override string ToString() => Debug ? $"{Arch}-debug" : Arch.Name;
}

// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Proof.Terms;

/// <summary>What the kernel is built to run on.</summary>
/// <param name="Name">How users name it, and the name of its config fragment.</param>
/// <param name="Image">What make is asked for, and the file that is booted.</param>
public sealed record Arch(string Name, string Image)
{
    /// <summary>User-mode Linux: a process. The fast lane.</summary>
    public static Arch Um { get; } = new("um", "linux");

    /// <summary>A PC, under QEMU.</summary>
    public static Arch X86 { get; } = new("x86_64", "vmlinux");

    public static IReadOnlyList<Arch> All { get; } = [Um, X86];

    public override string ToString() => Name;
}

/// <summary>What kind of kernel is built: all forms of one kind share a folder of objects.</summary>
/// <param name="Debug">With the kernel's own detectors of bad memory accesses, wrong locking, sleeping where none may, and leaks.</param>
public sealed record KernelKind(Arch Arch, bool Debug)
{
    /// <summary>The name of its folder, and of its column in a report.</summary>
    public override string ToString() => Debug ? $"{Arch}-debug" : Arch.Name;
}

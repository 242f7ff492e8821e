// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Core.Kbuild;

/// <summary>The names of architectures: ARCH as users give it, and SRCARCH as folders in arch/ have it.</summary>
public static class Architectures
{
    /// <summary>SRCARCH of an ARCH: its folder in arch/ (the top Makefile, "SRCARCH").</summary>
    public static string FolderOf(string arch) => arch switch
    {
        "i386" or "x86_64" => "x86",
        "sparc32" or "sparc64" => "sparc",
        "parisc64" => "parisc",
        _ => arch,
    };

    /// <summary>The prefix of Debian's cross compiler for an ARCH; null if Debian has none.</summary>
    public static string? CrossCompilerOf(string arch) => arch switch
    {
        "arm64" => "aarch64-linux-gnu-",
        "arm" => "arm-linux-gnueabihf-",
        "x86" or "x86_64" => "x86_64-linux-gnu-",
        "i386" => "i686-linux-gnu-",
        "riscv" => "riscv64-linux-gnu-",
        "powerpc" => "powerpc64le-linux-gnu-",
        "s390" => "s390x-linux-gnu-",
        "mips" => "mips-linux-gnu-",
        "loongarch" => "loongarch64-linux-gnu-",
        "sparc" or "sparc64" => "sparc64-linux-gnu-",
        "parisc" => "hppa-linux-gnu-",
        "alpha" or "m68k" => $"{arch}-linux-gnu-",
        "sh" => "sh4-linux-gnu-",
        _ => null,
    };
}

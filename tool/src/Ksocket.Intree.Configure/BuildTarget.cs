// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Processes;

namespace Ksocket.Intree.Configure;

/// <summary>
/// The words that make needs to build a tree for the target of its .config: O=, ARCH=, CROSS_COMPILE= and LLVM=. What
/// the user exported is known to make without them. Without ARCH, make olddefconfig turns the configuration of another
/// architecture into one of this machine, and the options of its boards are lost.
/// </summary>
/// <param name="Words">In the order to give them to make.</param>
/// <param name="IsConfigured">Whether there is a .config that shows the target.</param>
public sealed record BuildTarget(ImmutableArray<string> Words, bool IsConfigured)
{
    private const string CompilerText = "CC_VERSION_TEXT";

    /// <summary>For a command line: each word after a space.</summary>
    public string Text => string.Concat(Words.Select(word => " " + Quoted(word)));

    /// <summary>The words whose programs are installed: kconfig runs with the compiler of the target only if it is there.</summary>
    public IEnumerable<string> WordsToRun => Words.Where(word => word.Split('=', 2) switch
    {
        ["CROSS_COMPILE", var prefix] => Programs.Find(prefix + "gcc") is not null,
        ["LLVM", _] => Programs.Find("clang") is not null && Programs.Find("ld.lld") is not null,
        ["CC", var compiler] => Programs.Find(compiler) is not null,
        _ => true,
    });

    public static BuildTarget Of(ConfigPlace place) => Of(place, Environment.GetEnvironmentVariable);

    /// <param name="exported">The value of an environment variable; null if it is not set.</param>
    public static BuildTarget Of(ConfigPlace place, Func<string, string?> exported)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        if (place is { IsNamed: true, Output: { } output })
        {
            words.Add($"O={output}");
        }

        if (place.TryRead() is not { } config)
        {
            return new(words.ToImmutable(), IsConfigured: false);
        }

        if (place.Output is null && Set("KBUILD_OUTPUT") is not null)
        {
            words.Add("KBUILD_OUTPUT="); // the .config is the tree's own, and make would look elsewhere
        }

        if (DotConfig.ArchOf(config) is { } arch)
        {
            if (!IsSame(arch, Set("ARCH") ?? Host))
            {
                words.Add($"ARCH={arch}");
            }

            var compiler = Compiler(config, arch);
            if (compiler is not null && Set(compiler.Split('=')[0]) is null)
            {
                words.Add(compiler);
            }
        }

        return new(words.ToImmutable(), IsConfigured: true);

        string? Set(string name) => exported(name) is { Length: > 0 } value ? value : null;
    }

    /// <summary>The same for make with a defconfig, which names no architecture: its folder does.</summary>
    /// <param name="defconfig">Its path; a fragment outside arch/ fits every architecture.</param>
    public BuildTarget For(TreePath defconfig) => For(defconfig, Environment.GetEnvironmentVariable);

    /// <param name="defconfig">Its path.</param>
    /// <param name="exported">The value of an environment variable; null if it is not set.</param>
    public BuildTarget For(TreePath defconfig, Func<string, string?> exported)
    {
        if (defconfig.ToString().Split('/') is not ["arch", var arch, ..])
        {
            return this;
        }

        var words = Words.RemoveAll(word => word.StartsWith("ARCH=", StringComparison.Ordinal));
        var known = Words.Except(words).SingleOrDefault()?["ARCH=".Length..];
        var ofConfig = known ?? (exported("ARCH") is { Length: > 0 } set ? set : Host);
        if (Architectures.FolderOf(ofConfig) == arch)
        {
            return this;
        }

        // A compiler that the .config names is not one for this architecture.
        words = [.. words.Where(word => !word.StartsWith("CROSS_COMPILE=", StringComparison.Ordinal)), $"ARCH={arch}"];
        var needsCompiler = arch != "um" && arch != Architectures.FolderOf(Host) && !words.Contains("LLVM=1")
            && exported("CROSS_COMPILE") is not { Length: > 0 };
        return new(needsCompiler && Architectures.CrossCompilerOf(arch) is { } prefix ? words.Add($"CROSS_COMPILE={prefix}") : words, true);
    }

    /// <summary>The compiler that the configuration was made with, where a build without a word would take another.</summary>
    private static string? Compiler(ByteString config, string arch)
    {
        if (DotConfig.IsBuiltIn(config, "CC_IS_CLANG"))
        {
            return DotConfig.IsBuiltIn(config, "LD_IS_LLD") ? "LLVM=1" : "CC=clang";
        }

        if (arch == "um" || Architectures.FolderOf(arch) == Architectures.FolderOf(Host))
        {
            return null;
        }

        // "aarch64-linux-gnu-gcc (Debian 12.2.0-14) 12.2.0"; a configuration made without the cross compiler has "gcc".
        var line = DotConfig.LineOf(config, CompilerText) ?? "";
        var program = line.Split('"') is [_, var text, ..] ? text.Split(' ')[0] : "";
        var end = program.LastIndexOf("gcc", StringComparison.Ordinal);
        var prefix = end > 0 ? program[..end] : Architectures.CrossCompilerOf(arch);
        return prefix is null ? null : $"CROSS_COMPILE={prefix}";
    }

    /// <summary>The ARCH of a build on this machine without ARCH (scripts/subarch.include).</summary>
    public static string Host => RuntimeInformation.OSArchitecture switch
    {
        Architecture.X64 or Architecture.X86 => "x86",
        Architecture.Arm64 => "arm64",
        Architecture.Arm or Architecture.Armv6 => "arm",
        Architecture.S390x => "s390",
        Architecture.Ppc64le => "powerpc",
        Architecture.LoongArch64 => "loongarch",
        Architecture.RiscV64 => "riscv",
        var other => other.ToString().ToLowerInvariant(),
    };

    /// <summary>x86 and x86_64 read the same .config the same way; i386 does not.</summary>
    private static bool IsSame(string one, string other) => Plain(one) == Plain(other);

    private static string Plain(string arch) => arch == "x86_64" ? "x86" : arch;

    private static string Quoted(string word) => word.Split('=', 2) is [var name, var value] ? $"{name}={ShellWord.Quote(value)}" : word;
}

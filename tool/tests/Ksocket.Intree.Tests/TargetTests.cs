// SPDX-License-Identifier: GPL-2.0-only
using System.Runtime.InteropServices;
using Ksocket.Intree.Configure;
using Ksocket.Intree.Files;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>The next steps build for the target that the .config was made for, and apply --config asks its kconfig.</summary>
public sealed class TargetTests : IDisposable
{
    private const string Arm64 =
        "#\n# Automatically generated file; DO NOT EDIT.\n# Linux/arm64 6.12.117 Kernel Configuration\n#\nCONFIG_INET=y\n";

    private readonly TempFolder _temp = new();
    private readonly string _tree;

    public TargetTests() => _tree = _temp.PathOf("tree");

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("# Linux/arm64 6.12 Kernel Configuration\n", "", " ARCH=arm64 CROSS_COMPILE=aarch64-linux-gnu-")]
    [InlineData("# Linux/arm64 6.12 Kernel Configuration\n", "ARCH=arm64", " CROSS_COMPILE=aarch64-linux-gnu-")]
    [InlineData("# Linux/arm64 6.12 Kernel Configuration\n", "ARCH=arm64 CROSS_COMPILE=x-", "")]
    [InlineData("# Linux/arm64 6.12 Kernel Configuration\n", "ARCH=arm", " ARCH=arm64 CROSS_COMPILE=aarch64-linux-gnu-")]
    [InlineData("# Linux/arm 6.12\nCONFIG_CC_VERSION_TEXT=\"arm-x-gcc (Arm) 12\"\n", "", " ARCH=arm CROSS_COMPILE=arm-x-")]
    [InlineData("# Linux/arm64 6.12 Kernel\nCONFIG_CC_IS_CLANG=y\nCONFIG_LD_IS_LLD=y\n", "", " ARCH=arm64 LLVM=1")]
    [InlineData("# Linux/arm64 6.12 Kernel\nCONFIG_CC_IS_CLANG=y\n", "LLVM=1 ARCH=arm64", " CC=clang")]
    [InlineData("# Linux/x86 6.12 Kernel Configuration\n", "", "")]
    [InlineData("# Linux/x86_64 6.12 Kernel Configuration\n", "", "")]
    [InlineData("# Linux/i386 6.12 Kernel Configuration\n", "", " ARCH=i386")]
    [InlineData("# Linux/x86 6.12 Kernel Configuration\n", "ARCH=arm64", " ARCH=x86")]
    [InlineData("# Linux/um 6.12 Kernel Configuration\n", "", " ARCH=um")]
    [InlineData("# Linux/x86 6.12 Kernel Configuration\n", "KBUILD_OUTPUT=/nowhere", " KBUILD_OUTPUT=''")]
    [InlineData("CONFIG_A=y\n", "", "")]
    public void The_words_of_a_configuration(string config, string exported, string words)
    {
        Assert.SkipUnless(RuntimeInformation.OSArchitecture == Architecture.X64, "skipped: written for a machine of x86_64");
        LiteralKernel.Named().With(".config", config).WriteTo(_tree);
        using var tree = FolderTree.Open(_tree);
        var set = exported.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Split('='))
            .ToDictionary(word => word[0], word => word[1]);
        Assert.Equal(words, BuildTarget.Of(ConfigPlace.Of(tree, null), name => set.GetValueOrDefault(name)).Text);
    }

    [Fact]
    public void Every_next_step_names_the_architecture()
    {
        LiteralKernel.Named().With(".config", Arm64).WriteTo(_tree);
        var apply = Cli.Run("apply", _tree);
        var steps = apply.Messages.Split('\n').Where(line => line.StartsWith("  make ", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, steps.Count);
        Assert.All(steps, step => Assert.Contains(" ARCH=arm64 CROSS_COMPILE=", step, StringComparison.Ordinal));
        Assert.DoesNotContain("for another architecture", apply.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_configuration_one_line_says_what_a_cross_build_needs()
    {
        LiteralKernel.Named().WriteTo(_tree);
        var messages = Cli.Run("apply", _tree).Messages;
        Assert.Contains("for another architecture with ARCH= and CROSS_COMPILE= on each line", messages, StringComparison.Ordinal);
    }

    [Fact]
    public void The_kconfig_of_the_configured_architecture_is_asked()
    {
        WithKconfig("echo $(ARCH) >asked", Arm64);
        Assert.Equal(ExitCode.Done, Cli.Run("apply", "--config", _tree).Exit);
        Assert.Equal("arm64\n", File.ReadAllText(Path.Combine(_tree, "asked")));
    }

    /// <summary>The .config of O= builds is set there, recorded, and put back if the user names the folder again.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_output_folder(bool exported)
    {
        WithKconfig("echo \"$(O)\" >$(O)/asked", config: null);
        var output = Directory.CreateDirectory(_temp.PathOf("out")).FullName;
        var config = Path.Combine(output, ".config");
        File.WriteAllText(config, "CONFIG_INET=y\n# CONFIG_KSOCKET is not set\n");
        string[] named = exported ? [] : ["-O", output];
        Environment.SetEnvironmentVariable("KBUILD_OUTPUT", exported ? output : null);
        try
        {
            if (exported)
            {
                var makefile = Path.Combine(_tree, "Makefile");
                File.WriteAllText(makefile, File.ReadAllText(makefile).Replace("$(O)/", "", StringComparison.Ordinal));
            }

            var apply = Cli.Run(["apply", "--config", .. named, _tree]);
            Assert.Equal(ExitCode.Done, apply.Exit);
            Assert.Contains("CONFIG_KSOCKET=y", File.ReadAllText(config), StringComparison.Ordinal);
            Assert.Contains($"{config}: CONFIG_KSOCKET=y", apply.Answer, StringComparison.Ordinal);
            Assert.Equal(!exported, apply.Messages.Contains($" O={output} olddefconfig", StringComparison.Ordinal));
            Assert.Equal(ExitCode.Done, Cli.Run(["remove", .. named, _tree]).Exit);
            Assert.Equal("CONFIG_INET=y\n# CONFIG_KSOCKET is not set\n", File.ReadAllText(config));
        }
        finally
        {
            Environment.SetEnvironmentVariable("KBUILD_OUTPUT", null);
        }
    }

    /// <summary>A state file may be anybody's: the folder that it names is written to only if the user names it.</summary>
    [Fact]
    public void An_output_folder_that_only_the_state_file_names_is_left_alone()
    {
        WithKconfig(":", config: null);
        var output = Directory.CreateDirectory(_temp.PathOf("out")).FullName;
        File.WriteAllText(Path.Combine(output, ".config"), "CONFIG_INET=y\n");
        Assert.Equal(ExitCode.Done, Cli.Run("apply", "--config", "-O", output, _tree).Exit);
        var before = File.ReadAllText(Path.Combine(output, ".config"));
        Assert.Contains($"remove -O {output}", Cli.Run("remove", "--check", _tree).Messages, StringComparison.Ordinal);
        var remove = Cli.Run("remove", _tree);
        Assert.Contains($"{output}/.config has lines that apply --config set", remove.Messages, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(Path.Combine(output, ".config")));
    }

    [Fact]
    public void An_output_folder_without_a_configuration_is_named()
    {
        LiteralKernel.Named().WriteTo(_tree);
        var output = Directory.CreateDirectory(_temp.PathOf("out")).FullName;
        Cli.Run("apply", "--config", "-O", output, _tree).RefusesWith(ExitCode.InTheWay, $"{output} has no .config");
        Cli.Run("apply", "--config", "-O", _temp.PathOf("gone"), _tree).RefusesWith(ExitCode.NotUnderstood, "there is no folder");
    }

    /// <summary>What kconfig itself printed, not make's last word; packages only where a program is missing.</summary>
    [Theory]
    [InlineData("echo x/Kconfig:5: can\\'t open file x >&2; exit 1", "failed: x/Kconfig:5: can't open file x", "by hand: make -C")]
    [InlineData("echo .config:3:warning: odd >&2; echo x/Kconfig:7: syntax error; exit 1", "failed: x/Kconfig:7: syntax error", "by hand")]
    [InlineData("echo \"x.include:40: linker 'ld.lld' not found\"; exit 1", "linker 'ld.lld' not found", "is ld.lld installed")]
    [InlineData("no-such-program-here", "no-such-program-here", "is no-such-program-here installed")]
    public void The_cause_that_kconfig_gives_is_shown(string recipe, string cause, string hint)
    {
        WithKconfig(recipe, "CONFIG_INET=y\n");
        var before = FolderDigest.Of(_tree);
        var apply = Cli.Run("apply", "--config", _tree);
        Assert.Contains(cause, apply.Messages, StringComparison.Ordinal);
        Assert.Contains(hint, apply.Messages, StringComparison.Ordinal);
        Assert.DoesNotContain("apt-get", apply.Messages, StringComparison.Ordinal);
        Assert.Equal(before, FolderDigest.Of(_tree));
    }

    [Fact]
    public void A_defconfig_is_set_and_put_back()
    {
        LiteralKernel.Named().With("arch/arm64/configs/board_defconfig", "CONFIG_INET=y\n").WriteTo(_tree);
        Cli.Run("apply", "--defconfig", "other_defconfig", _tree).RefusesWith(ExitCode.NotUnderstood, "no defconfig other_defconfig");
        Assert.False(Directory.Exists(Path.Combine(_tree, "drivers/ksocket")));
        var before = FolderDigest.Of(_tree);
        var check = Cli.Run("apply", "--check", "--defconfig", "board_defconfig", _tree);
        Assert.Contains("arch/arm64/configs/board_defconfig", check.Answer, StringComparison.Ordinal);
        Assert.Equal(before, FolderDigest.Of(_tree));

        var apply = Cli.Run("apply", "--defconfig", "board_defconfig", _tree);
        Assert.Equal(ExitCode.Done, apply.Exit);
        Assert.Contains(" ARCH=arm64 CROSS_COMPILE=aarch64-linux-gnu- board_defconfig\n", apply.Messages, StringComparison.Ordinal);
        Assert.Equal("CONFIG_INET=y\nCONFIG_KSOCKET=y\n", File.ReadAllText(Path.Combine(_tree, "arch/arm64/configs/board_defconfig")));
        Assert.Equal(ExitCode.Done, Cli.Run("status", _tree).Exit);
        var again = Cli.Run("apply", "--defconfig", "board_defconfig", _tree);
        Assert.Contains("nothing to do", again.Answer, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, Cli.Run("remove", _tree).Exit);
        Assert.Equal(before, FolderDigest.Of(_tree));
    }

    /// <summary>Of each driver its own line, which is put back with the driver and not before.</summary>
    [Fact]
    public void A_defconfig_has_the_symbols_of_all_drivers()
    {
        const string text = "CONFIG_INET=y\n# CONFIG_KMINE is not set\n";
        LiteralKernel.Named().With("kernel/configs/board.config", text).WriteTo(_tree);
        var before = FolderDigest.Of(_tree);
        string Now() => File.ReadAllText(Path.Combine(_tree, "kernel/configs/board.config"));
        var own = _temp.PathOf("kmine");
        Cli.Run("new", own);
        Assert.Equal(ExitCode.Done, Cli.Run("apply", "--with", own, "--defconfig", "board.config", "--parts", "all", _tree).Exit);
        Assert.Equal("CONFIG_INET=y\nCONFIG_KSOCKET=y\nCONFIG_KMINE=y\n", Now());
        Assert.Equal(ExitCode.Done, Cli.Run("apply", "--with", own, "--parts", "all", _tree).Exit); // keeps what is recorded
        Assert.Equal(ExitCode.Done, Cli.Run("remove", "--parts", "samples", _tree).Exit);
        Assert.Equal("CONFIG_INET=y\nCONFIG_KSOCKET=y\nCONFIG_KMINE=y\n", Now());
        Assert.Equal(ExitCode.Done, Cli.Run("remove", "--only", "--with", "kmine", _tree).Exit);
        Assert.Equal("CONFIG_INET=y\nCONFIG_KSOCKET=y\n# CONFIG_KMINE is not set\n", Now());
        Assert.Equal(ExitCode.Done, Cli.Run("remove", _tree).Exit);
        Assert.Equal(before, FolderDigest.Of(_tree));

        // A newer driver has the record of the older.
        Assert.Equal(ExitCode.Done, Cli.Run("apply", "--with", own, "--defconfig", "board.config", _tree).Exit);
        File.AppendAllText(Path.Combine(own, "main.c"), "/* newer */\n");
        Assert.Equal(ExitCode.Done, Cli.Run("refresh", "--with", own, _tree).Exit);
        Assert.Equal(ExitCode.Done, Cli.Run("remove", "--with", own, _tree).Exit);
        Assert.Equal(before, FolderDigest.Of(_tree));

        // Only the driver of the user, and an edited line stays.
        Assert.Equal(ExitCode.Done, Cli.Run("apply", "--only", "--with", own, "--defconfig", "board.config", _tree).Exit);
        Assert.Equal("CONFIG_INET=y\nCONFIG_KMINE=y\n", Now());
        File.WriteAllText(Path.Combine(_tree, "kernel/configs/board.config"), "CONFIG_KMINE=m\n");
        var remove = Cli.Run("remove", "--only", "--with", "kmine", _tree);
        Assert.Contains("note: kernel/configs/board.config: kept 'CONFIG_KMINE=m', which", remove.Messages, StringComparison.Ordinal);
        Assert.Equal("CONFIG_KMINE=m\n", Now());
    }

    /// <summary>Its line goes with the next driver that is removed.</summary>
    [Fact]
    public void A_defconfig_is_put_back_for_a_driver_that_was_deleted_by_hand()
    {
        LiteralKernel.Named().With("kernel/configs/board.config", "CONFIG_INET=y\n").WriteTo(_tree);
        string[] with = ["--only", "--with", _temp.PathOf("kone"), "--with", _temp.PathOf("ktwo")];
        Cli.Run("new", with[2]);
        Cli.Run("new", with[4]);
        Assert.Equal(ExitCode.Done, Cli.Run("apply", _tree).Exit);
        Assert.Equal(ExitCode.Done, Cli.Run(["apply", "--defconfig", "board.config", .. with, _tree]).Exit);
        Directory.Delete(Path.Combine(_tree, "drivers/ktwo"), recursive: true);
        Run.Program("sed", _tree, "-i", "/ktwo/d", "drivers/Kconfig", "drivers/Makefile");
        var remove = Cli.Run("remove", "--only", "--with", "kone", _tree);
        Assert.Equal(ExitCode.Done, remove.Exit);
        Assert.DoesNotContain("ktwo stays", remove.Messages, StringComparison.Ordinal);
        Assert.Equal("CONFIG_INET=y\n", File.ReadAllText(Path.Combine(_tree, "kernel/configs/board.config")));
    }

    [Fact]
    public void A_defconfig_on_a_tree_that_has_the_driver_and_one_without_INET()
    {
        LiteralKernel.Named().With("kernel/configs/ksocket.config", "CONFIG_A=y\n").WriteTo(_tree);
        var before = FolderDigest.Of(_tree);
        Assert.Equal(ExitCode.Done, Cli.Run("apply", _tree).Exit);
        var set = Cli.Run("apply", "--defconfig", "ksocket.config", _tree);
        Assert.Equal(ExitCode.Done, set.Exit);
        Assert.Contains("does not set CONFIG_INET=y", set.Messages, StringComparison.Ordinal);
        var fragment = File.ReadAllText(Path.Combine(_tree, "kernel/configs/ksocket.config"));
        Assert.Contains("CONFIG_KSOCKET=y", fragment, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, Cli.Run("remove", _tree).Exit);
        Assert.Equal(before, FolderDigest.Of(_tree));
    }

    /// <summary>A tree whose kconfig runs a recipe.</summary>
    private void WithKconfig(string recipe, string? config)
    {
        var kernel = LiteralKernel.Named()
            .With("scripts/config", "#!/bin/sh\nsed -i '/CONFIG_KSOCKET/d' \"$2\"; echo \"CONFIG_$4=y\" >>\"$2\"\n", executable: true)
            .Edit("Makefile", text => text + $"olddefconfig:\n\t@{recipe}\n");
        (config is null ? kernel : kernel.With(".config", config)).WriteTo(_tree);
    }
}

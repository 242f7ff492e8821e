// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Files;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Proof.Building;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Proof.Working;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Proof.Tests;

/// <summary>Whether the environment or the tree made make fail.</summary>
public sealed class KernelBuildTests
{
    [Theory]
    [InlineData(
        "gcc: fatal error: Killed signal terminated program cc1\n" +
        "compilation terminated.\n" +
        "make[3]: *** [scripts/Makefile.build:229: net/core/sock.o] Error 1",
        "was killed")]
    [InlineData(
        "collect2: fatal error: ld terminated with signal 9 [Killed]\n" +
        "compilation terminated.\n" +
        "make[2]: *** [scripts/Makefile.vmlinux:34: vmlinux] Error 1",
        "was killed")]
    [InlineData("make[3]: *** [scripts/Makefile.build:229: net/core/sock.o] Killed", "was killed")]
    [InlineData("Killed\nmake: *** [Makefile:229: vmlinux.o] Error 137", "was killed")]
    [InlineData(
        "ccache: error: Failed to create directory /x/tmp: Permission denied\n" +
        "make[3]: *** [scripts/Makefile.build:229: init/main.o] Error 1",
        "ccache: error: Failed to create directory /x/tmp: Permission denied")]
    [InlineData("fixdep: not all data was written to the output\nmake: *** [Makefile:1: x] Error 1", "no space left on the disk")]
    [InlineData("cc1: error: /x/main.o: No space left on device\nmake: *** [Makefile:1: x] Error 1", "no space left on the disk")]
    [InlineData(
        "<stdin>:1:10: fatal error: libelf.h: No such file or directory\n" +
        "compilation terminated.\n" +
        "make[1]: *** [Makefile:1402: prepare-objtool] Error 1",
        "need libelf.h, which is not installed")]
    public void What_the_machine_refuses_is_not_held_against_the_tree(string output, string said)
    {
        var failure = Assert.Throws<IntreeFailure>(
            () => KernelBuild.Expect(new ChildResult(2, ChildOutput.OfText(output + "\n"), TimedOut: false), "make linux"));
        Assert.Equal(FailureKind.Fatal, failure.Kind);
        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
        Assert.NotNull(failure.Hint);
    }

    [Theory]
    [InlineData("CONFIG_CC_VERSION_TEXT=\"gcc (Debian 12.2.0-14) 12.2.0\"\nCONFIG_GCC_VERSION=120200\n", "gcc (Debian 12.2.0-14) 12.2.0")]
    [InlineData("CONFIG_NET=y\n", null)]
    [InlineData(null, null)]
    public void The_compiler_is_what_the_configuration_says(string? config, string? compiler)
    {
        using var temp = new TempFolder();
        if (config is not null)
        {
            File.WriteAllText(temp.PathOf(".config"), config);
        }

        LiteralKernel.Named().WriteTo(temp.PathOf("linux"));
        using var log = new ProofLog(temp.PathOf("log"));
        Assert.Equal(compiler, new KernelBuild(FolderTree.Open(temp.PathOf("linux")), temp.Root, Arch.Um, log, 1).Compiler);
    }

    [Theory]
    [InlineData(
        "drivers/ksocket/socket.c:1:1: error: 'Killed' undeclared\n" +
        "make[3]: *** [scripts/Makefile.build:229: drivers/ksocket/socket.o] Error 1")]
    [InlineData(
        "drivers/ksocket/socket.c:5:10: fatal error: net/ksocket.h: No such file or directory\n" +
        "make[3]: *** [scripts/Makefile.build:229: drivers/ksocket/socket.o] Error 1")]
    [InlineData(
        "ERROR: modpost: \"sock_create\" [drivers/ksocket/ksocket.ko] undefined!\n" +
        "make[2]: *** [scripts/Makefile.modpost:145: Module.symvers] Error 1")]
    public void What_does_not_compile_is_not_proven(string output)
    {
        var failed = new ChildResult(2, ChildOutput.OfText(output + "\n"), TimedOut: false);
        Assert.Equal(FailureKind.NotProven, Assert.Throws<IntreeFailure>(() => KernelBuild.Expect(failed, "make linux")).Kind);
    }
}

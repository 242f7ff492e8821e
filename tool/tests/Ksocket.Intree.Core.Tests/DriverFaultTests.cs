// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Core.Tests;

/// <summary>Makefiles that were written for a build outside a tree, in the spellings that make allows.</summary>
public class DriverFaultTests
{
    private const string Objects = "obj-$(CONFIG_ECHO) += echo.o\n";

    [Theory]
    [InlineData("ccflags-y += -I${KDIR}/include", "-I${KDIR}/include in ccflags-y leads to a kernel outside the tree; in it ${KDIR} is")]
    [InlineData("ccflags-y += $(call cc-option,-march=native)", "-march=native in ccflags-y: the configuration")]
    [InlineData("ccflags-y += $(call cc-option,-mcpu=a9,-O2)", "-mcpu=a9 in ccflags-y: the configuration")]
    [InlineData("override ccflags-y += -march=x", "-march=x in ccflags-y: the configuration")]
    [InlineData("  include ${KSRC}/x.mk", "'include ${KSRC}/x.mk' leads to a kernel outside the tree")]
    [InlineData("sinclude $(KSRC)/x", "'sinclude $(KSRC)/x' leads to a kernel outside the tree")]
    [InlineData("-include /lib/modules/x/build/x.mk", "'-include /lib/modules/x/build/x.mk' leads to a kernel outside the tree")]
    [InlineData("export CONFIG_ECHO := m", "it sets CONFIG_ECHO itself")]
    [InlineData("include $(src)/nothere.mk", "'$(src)/nothere.mk' is not among the files that land")]
    [InlineData("include $(src)/main.c ${src}/nothere.mk", "'${src}/nothere.mk' is not among the files that land")]
    [InlineData("include $(srctree)/$(src)/nothere.mk", "'$(srctree)/$(src)/nothere.mk' is not among the files that land")]
    public void A_line_is_refused_with_its_cause(string line, string cause)
    {
        var failure = Assert.Throws<IntreeFailure>(() => EchoDriver.With("Makefile", $"{Objects}{line}\n"));
        Assert.Contains($"Makefile:2: {cause}", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("include $(src)/main.c")]
    [InlineData("-include $(src)/nothere.mk")]
    [InlineData("include $(src)/$(ARCH).mk")]
    [InlineData("include $(srctree)/scripts/Makefile.lib")]
    [InlineData("ifdef X\ninclude $(src)/nothere.mk\nendif")]
    [InlineData("ccflags-y += -I$(srctree)/include ${KDIRECT}")]
    [InlineData("export ECHO := m")]
    public void A_line_for_a_tree_is_not_refused(string line) =>
        Assert.Equal("ECHO", EchoDriver.With("Makefile", $"{Objects}{line}\n").Symbol);

    /// <summary>kconfig of every kernel from 5.10 on stops at such a line, as the conf of 6.12 did at that of a public driver.</summary>
    [Theory]
    [InlineData("\tHelp\n\t  Says more.\n", "Kconfig:3: kconfig knows no statement 'Help'; write 'help'")]
    [InlineData("\t---help---\n\t  Says more.\n", "Kconfig:3: kconfig knows no statement '---help---'; write 'help'")]
    [InlineData("\tBOOL \"x\"\n", "Kconfig:3: kconfig knows no statement 'BOOL'; write 'bool'")]
    [InlineData("\tdependson NET\n", "Kconfig:3: kconfig knows no statement 'dependson'")]
    public void A_statement_that_kconfig_does_not_know_is_refused(string line, string cause)
    {
        var failure = Assert.Throws<IntreeFailure>(() => EchoDriver.With("Kconfig", $"config ECHO\n\ttristate \"Echo\"\n{line}"));
        Assert.Contains(cause, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\tdefault n\n\tdepends on NET\n\timply IPV6\n\thelp\n\t  Help is a word here.\n")]
    [InlineData("\tdef_tristate m if NET\n\trange 1 2\n\tvisible if NET\n\tmodules\n")]
    [InlineData("config ECHO_NAME\n\tstring \"name\"\n\tdefault \"x\"\nnumber := 7\nother = 8\n$(warning-if,n,x)\n")]
    public void A_statement_that_kconfig_knows_is_not(string lines) =>
        Assert.Equal("ECHO", EchoDriver.With("Kconfig", $"config ECHO\n\ttristate \"Echo\"\n{lines}").Symbol);

    [Theory]
    [InlineData("obj-m += a.o\n", "tests/Makefile:1: 'obj-m += a.o' makes a module outside a tree")]
    [InlineData("obj-y += a.o\nccflags-y += -march=native\n", "tests/Makefile:2: -march=native")]
    [InlineData("obj-y += a.o\ninclude $(src)/main.c\n", "tests/Makefile:2: '$(src)/main.c' is not among")]
    public void A_makefile_below_is_read_too(string text, string cause)
    {
        var failure = Assert.Throws<IntreeFailure>(() => EchoDriver.With("tests/Makefile", text));
        Assert.Contains(cause, failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Its symbols may be those of the kernel; and where nothing enters the folder, kbuild does not read it.</summary>
    [Fact]
    public void A_makefile_below_may_name_any_symbol()
    {
        Assert.Equal("ECHO", EchoDriver.With("tests/Makefile", "obj-$(CONFIG_KUNIT) += a.o\n").Symbol);
        Assert.Equal("ECHO", EchoDriver.With("tools/Makefile", "obj-m += a.o\n").Symbol);
    }

    [Fact]
    public void Folders_that_enter_each_other_are_read_once()
    {
        var failure = Assert.Throws<IntreeFailure>(() => EchoDriver.With("tests/Makefile", "obj-m += ../tests/ ../\n"));
        Assert.StartsWith("echo: tests/Makefile:1: 'obj-m", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Objects_that_may_be_in_an_included_file_are_not_said_to_be_missing()
    {
        var failure = Assert.Throws<IntreeFailure>(() => EchoDriver.With("Makefile", "# x\ninclude $(src)/main.c\n"));
        Assert.Contains("Makefile:2: it includes $(src)/main.c, which is not read", failure.Message, StringComparison.Ordinal);
    }
}

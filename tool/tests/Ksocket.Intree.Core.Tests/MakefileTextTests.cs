// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Core.Tests;

public class MakefileTextTests
{
    [Fact]
    public void Continuations_and_comments_are_read_as_make_reads_them()
    {
        var makefile = Text.Makefile("obj-y += a/ \\\n\tb/ \\\n\tc/ # and d/\n# obj-y += e/\n");
        Assert.Equal(["a/".Bytes(), "b/".Bytes(), "c/".Bytes()], Assert.Single(makefile.Objects).Words);
    }

    [Fact]
    public void A_comment_goes_on_after_a_backslash()
    {
        var makefile = Text.Makefile("# said \\\nobj-y += a/\nobj-y += b/\n");
        Assert.Equal(["b/".Bytes()], Assert.Single(makefile.Objects).Words);
    }

    [Theory]
    [InlineData("ifdef X\nobj-y += a/\nendif\n")]
    [InlineData("ifeq ($(X),y)\nobj-y += a/\nelse\nendif\n")]
    [InlineData("define X\nobj-y += a/\nendef\n")]
    public void What_make_may_not_see_is_marked(string text) =>
        Assert.True(Assert.Single(Text.Makefile(text).Objects).Conditional);

    [Theory]
    [InlineData("override ccflags-y += -DX\n", "ccflags-y", "+=")]
    [InlineData("export CONFIG_A := m\n", "CONFIG_A", ":=")]
    [InlineData("export override A = m\n", "A", "=")]
    [InlineData("export = m\n", "export", "=")]
    public void What_stands_before_a_variable_is_not_its_name(string text, string variable, string sign)
    {
        var line = Assert.Single(Text.Makefile(text).Assignments);
        Assert.Equal((variable, sign), (line.Variable.ToString(), line.Operator.ToString()));
    }

    [Theory]
    [InlineData("export A\n")]
    [InlineData("export: A\n")]
    [InlineData("override\n")]
    public void Export_without_a_value_assigns_nothing(string text) => Assert.Empty(Text.Makefile(text).Assignments);

    [Theory]
    [InlineData("include a.mk\n", false)]
    [InlineData("  include a.mk # why\n", false)]
    [InlineData("-include a.mk\n", true)]
    [InlineData("sinclude \\\n a.mk\n", true)]
    [InlineData("\tinclude a.mk\n", false)]
    public void Includes_are_read_as_make_reads_them(string text, bool optional)
    {
        var include = Assert.Single(Text.Makefile(text).Includes);
        Assert.Equal(("a.mk", optional, false), (include.Files.Single().ToString(), include.Optional, include.Conditional));
    }

    [Theory]
    [InlineData("all:\n\tinclude a.mk\n")]
    [InlineData("include := a.mk\n")]
    [InlineData("included a.mk\n")]
    public void What_only_looks_like_an_include_is_none(string text) => Assert.Empty(Text.Makefile(text).Includes);

    [Fact]
    public void The_line_that_the_older_recipe_writes_is_an_assignment_to_a_variable_that_kbuild_never_reads()
    {
        var line = Assert.Single(Text.Makefile("obj-   += ksocket/\n").Objects);
        Assert.Equal("obj-".Bytes(), line.Variable);
    }
}

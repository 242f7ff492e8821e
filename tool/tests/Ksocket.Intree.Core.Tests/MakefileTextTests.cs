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

    [Fact]
    public void The_line_that_the_older_recipe_writes_is_an_assignment_to_a_variable_that_kbuild_never_reads()
    {
        var line = Assert.Single(Text.Makefile("obj-   += ksocket/\n").Objects);
        Assert.Equal("obj-".Bytes(), line.Variable);
    }
}

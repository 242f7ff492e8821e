// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Core.Tests;

public class KconfigFileTests
{
    [Fact]
    public void A_help_text_may_say_endmenu()
    {
        var file = Text.Kconfig("""
            menu "Device Drivers"
            config A
            	bool "a"
            	help
            	  This text says
            	  endmenu
            	  and goes on.

            	  endmenu, again.
            endmenu

            """);
        Assert.Equal(10, Assert.Single(file.Blocks).Closes!.Value.Number);
    }

    [Fact]
    public void A_statement_less_indented_than_the_help_ends_it()
    {
        var file = Text.Kconfig("config A\n\thelp\n\t  text\n\tdepends on B\n");
        Assert.Contains(file.Statements, statement => statement.Keyword == KconfigKeyword.Depends && statement.Argument == "on B".Bytes());
    }

    [Fact]
    public void Blocks_nest()
    {
        var file = Text.Kconfig("menu \"Top\"\nif A\nmenu \"In\"\nendmenu\nsource \"x/Kconfig\"\nendif # A\nendmenu\n");
        Assert.Equal("\"Top\"".Bytes(), Assert.Single(file.Blocks).Argument);
        Assert.Equal([KconfigKeyword.Menu, KconfigKeyword.If], file.Sources().Single().Statement.Inside.Select(block => block.Keyword));
    }

    [Theory]
    [InlineData("menu \"Top\"\nendmenu\nendmenu\n", "Kconfig:3: this 'endmenu' closes nothing")]
    [InlineData("menu \"Top\"\nif A\nendmenu\nendif\n", "Kconfig:3: this 'endmenu' closes nothing")]
    [InlineData("menu \"Top\"\n", "Kconfig:1: no 'endmenu' closes this 'menu'")]
    public void What_kconfig_would_not_read_is_refused_with_its_line(string text, string message) =>
        Assert.Equal(message, Assert.Throws<IntreeFailure>(() => Text.Kconfig(text)).Message);

    [Fact]
    public void A_comment_does_not_go_on_after_a_backslash() =>
        Assert.Single(Text.Kconfig("# art \\\nmenu \"Top\"\nendmenu\n").Blocks);

    [Fact]
    public void Comments_after_an_argument_are_not_part_of_it()
    {
        var file = Text.Kconfig("if SAMPLES # all of them\nendif # SAMPLES\n");
        Assert.Equal("SAMPLES".Bytes(), Assert.Single(file.Blocks).Argument);
    }
}

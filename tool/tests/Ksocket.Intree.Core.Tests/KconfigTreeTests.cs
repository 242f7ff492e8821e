// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Core.Tests;

/// <summary>Reads the Kconfig files of a tree as kconfig does, and stops where it would stop.</summary>
public class KconfigTreeTests
{
    [Theory]
    [InlineData("source \"a/Kconfig\"\n", "Kconfig:2 sources a/Kconfig, which is not there")]
    [InlineData("source 'a/Kconfig'\n", "Kconfig:2 sources a/Kconfig, which is not there")]
    [InlineData("source a/Kconfig\n", "Kconfig:2: kconfig needs one name in quotes after 'source'")]
    [InlineData("source \"a\" \"b\"\n", "Kconfig:2: kconfig needs one name in quotes after 'source'")]
    [InlineData("source \"a'\n", "Kconfig:2: kconfig needs one name in quotes after 'source'")]
    [InlineData("source \"\"\n", "Kconfig:2: kconfig needs one name in quotes after 'source'")]
    [InlineData("source\n", "Kconfig:2: kconfig needs one name in quotes after 'source'")]
    [InlineData("source \"$VENDOR/Kconfig\"\n", "Kconfig:2 sources $VENDOR/Kconfig, which is not there")]
    [InlineData("if X\nrsource \"a/Kconfig\"\nendif\n", "Kconfig:3 sources a/Kconfig, which is not there")]
    [InlineData("source \"a/*/Kconfig\"\n", "Kconfig:2 sources a/*/Kconfig, which is not there")]
    [InlineData("osource \"a/Kconfig\"\norsource \"a/*/Kconfig\"\n", null)]
    [InlineData("source \"$(VENDOR)/Kconfig\"\nsource \"arch/$(SRCARCH)/Kconfig\"\n", null)]
    [InlineData("source \"../outside/Kconfig\"\nsource \"/outside/Kconfig\"\n", null)]
    [InlineData("config A\n\thelp\n\t  see\n\t  source \"a/Kconfig\"\n", null)]
    public void A_source_line_of_the_top_file(string lines, string? fault) =>
        Assert.Equal(fault, Fault(Tree(("Kconfig", "mainmenu \"small\"\n" + lines))));

    [Theory]
    [InlineData("rsource \"in/Kconfig\"", null)]
    [InlineData("source \"one/../one/in/Kconfig\"", null)]
    [InlineData("source \"in/Kconfig\"", "one/Kconfig:1 sources in/Kconfig, which is not there")]
    [InlineData("source \"one/*/Kconfig\"", null)]
    [InlineData("source \"one/i?/Kconf*\"", null)]
    [InlineData("source \"one/*x/Kconfig\"", "one/Kconfig:1 sources one/*x/Kconfig, which is not there")]
    [InlineData("source \"Kconfig\"", "one/Kconfig:1 sources Kconfig, which includes that line")]
    [InlineData("menu \"open\"", "one/Kconfig:1: no 'endmenu' closes this 'menu'")]
    [InlineData("choice\nendmenu", "one/Kconfig:2: this 'endmenu' closes nothing")]
    [InlineData("if X", "one/Kconfig:1: no 'endif' closes this 'if'")]
    public void A_file_that_the_top_one_sources(string line, string? fault)
    {
        var tree = Tree(
            ("Kconfig", "source \"one/Kconfig\"\n"),
            ("one/Kconfig", line + "\n"),
            ("one/in/Kconfig", "config DEEP\n"),
            ("one/.x/Kconfig", ""));
        Assert.Equal(fault, Fault(tree));
        Assert.Equal(fault is null, KconfigSymbols.RanksIn(tree, []).ContainsKey("DEEP".Bytes()));
    }

    /// <summary>mainline's kconfig has 'source' alone, and takes a pattern for the name of a file.</summary>
    [Theory]
    [InlineData("osource \"none/Kconfig\"", "\"source\" return T_SOURCE;", "Kconfig:1: the kconfig of this tree has no 'osource'")]
    [InlineData("rsource \"one/Kconfig\"", "\"source\" return T_SOURCE;", "Kconfig:1: the kconfig of this tree has no 'rsource'")]
    [InlineData("orsource \"one/Kconfig\"", "\"osource\" \"rsource\"", "Kconfig:1: the kconfig of this tree has no 'orsource'")]
    [InlineData("osource \"none/Kconfig\"", "\"osource\" return T_OSOURCE;", null)]
    [InlineData("source \"one/Kconfig\"", "\"source\" return T_SOURCE;", null)]
    [InlineData("source \"one/*\"", "glob(name)", null)]
    [InlineData("source \"one/?\"", "\"source\" return T_SOURCE;", null)]
    [InlineData(
        "source \"one/*\"", "\"source\" return T_SOURCE;",
        "Kconfig:1 sources one/*, which is not there (kconfig here takes '*' and '?' as they are)")]
    public void A_keyword_or_a_pattern_that_the_kconfig_of_the_tree_may_not_know(string line, string lexer, string? fault) =>
        Assert.Equal(
            fault,
            Fault(Tree(("Kconfig", line + "\n"), ("one/Kconfig", ""), ("one/?", ""), ("scripts/kconfig/lexer.l", lexer))));

    /// <summary>"Checked" must not cover what was not read.</summary>
    [Fact]
    public void A_source_line_that_is_not_followed_is_named_with_the_reason()
    {
        var tree = Tree(
            ("Kconfig", "source \"one/Kconfig\"\nsource \"$(VENDOR)/Kconfig\"\nsource \"arch/$(SRCARCH)/Kconfig\"\n"),
            ("one/Kconfig", "osource \"../x/Kconfig\"\nrsource \"$(EXT)Kconfig.ext\"\nsource \"$(srctree)/one/two/Kconfig\"\n"),
            ("one/two/Kconfig", "source \"/etc/Kconfig\"\n"),
            ("arch/x86/um/Kconfig", "config SUB\n"),
            ("arch/um/Kconfig", "source \"arch/$(HEADER_ARCH)/um/Kconfig\"\n"));
        string[] said =
        [
            "one/Kconfig:1 sources ../x/Kconfig, which is outside the tree; it was not read",
            "one/Kconfig:2 sources one/$(EXT)Kconfig.ext, and a variable of the build decides which file that is; it was not read",
            "one/two/Kconfig:1 sources /etc/Kconfig, which is outside the tree; it was not read",
            "Kconfig:2 sources $(VENDOR)/Kconfig, and a variable of the build decides which file that is; it was not read",
        ];
        Assert.Equal(said, KconfigTree.Read(tree).PassedOver);
        Assert.Equal(said, KconfigTree.Read(tree, "um").PassedOver);
        Assert.Null(KconfigTree.Read(tree, "um").Fault);
        Assert.True(KconfigSymbols.RanksIn(tree, ["um"]).ContainsKey("SUB".Bytes()));
    }

    [Fact]
    public void The_files_of_an_architecture_are_read_if_it_is_known()
    {
        var tree = Tree(
            ("Kconfig", "source \"arch/$(SRCARCH)/Kconfig\"\n"),
            ("arch/arm64/Kconfig", "source \"arch/arm64/vendor/Kconfig\"\n"));
        Assert.Null(KconfigTree.Read(tree).Fault);
        Assert.StartsWith("arch/arm64/Kconfig:1 sources ", KconfigTree.Read(tree, "arm64").Fault!.Text, StringComparison.Ordinal);
        Assert.StartsWith("Kconfig:1 sources arch/arm/Kconfig", KconfigTree.Read(tree, "arm").Fault!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_that_leads_nowhere_is_named_and_one_inside_the_tree_is_followed()
    {
        var files = new Dictionary<TreePath, TreeFile>
        {
            ["Kconfig"] = "source \"drivers/vendor/Kconfig\"\n".File(),
            ["vendor/kernel/Kconfig"] = "config VENDOR\n".File(),
        };
        Assert.Null(Fault(With("../vendor/kernel")));
        const string missing = "Kconfig:1 sources drivers/vendor/Kconfig, which is not there ";
        Assert.Equal(missing + "(drivers/vendor is a link to ../../kernel, which is not there)", Fault(With("../../kernel")));

        LiteralTree With(string target) =>
            new("literal", files) { Links = new Dictionary<TreePath, ByteString> { ["drivers/vendor"] = target.Bytes() } };
    }

    [Fact]
    public void A_submodule_that_was_not_checked_out_is_named()
    {
        var files = new Dictionary<TreePath, TreeFile> { ["Kconfig"] = "source \"vendor/Kconfig\"\n".File() };
        var tree = new LiteralTree("literal", files) { Specials = new HashSet<TreePath> { "vendor" } };
        Assert.Contains("vendor is a submodule", Fault(tree), StringComparison.Ordinal);
    }

    /// <summary>kconfig stops there, whether its line is before ours or after it, and however deep it is.</summary>
    [Theory]
    [InlineData("Kconfig", "\nsource \"init/Kconfig\"\n")]
    [InlineData("drivers/amba/Kconfig", "source \"drivers/amba/vendor/Kconfig\"\n")]
    [InlineData("lib/Kconfig.debug", "source \"lib/Kconfig.vendor\"\n")]
    [InlineData("drivers/dpll/Kconfig", "menu \"not closed\"\n")]
    public void The_planner_refuses_a_tree_that_kconfig_cannot_read(string path, string line)
    {
        var tree = LiteralKernel.Named().Edit(path, text => text + line).Build();
        var failure = Assert.Throws<IntreeFailure>(() => Planner.Plan(tree, DriverSource.Bundled, Parts.Default));
        Assert.Equal(FailureKind.NotUnderstood, failure.Kind);
        Assert.Contains($"kconfig cannot read this tree: {path}:", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_symbols_are_in_the_order_of_the_menus()
    {
        var tree = Tree(
            ("Kconfig", "config A\nsource \"one/Kconfig\"\nmenuconfig D\nsource \"two/Kconfig\"\nsource \"one/Kconfig\"\nconfig F\n"),
            ("one/Kconfig", "config B\n\thelp\n\t  config NONE\nconfig C # last\n"),
            ("two/Kconfig", "config E\nconfig A\n"));
        var ranks = KconfigSymbols.RanksIn(tree, []);
        Assert.Equal(["A", "B", "C", "D", "E", "F"], ranks.OrderBy(rank => rank.Value).Select(rank => rank.Key.ToString()));
    }

    private static string? Fault(KernelTree tree) => KconfigTree.Read(tree).Fault?.Text;

    private static LiteralTree Tree(params (string Path, string Text)[] files) =>
        new("literal", files.Select(file => KeyValuePair.Create(new TreePath(file.Path), file.Text.File())));
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Recipients;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Core.Tests;

/// <summary>Each rule of MAINTAINERS by itself; MaintainersOracleTests compares whole trees with the script.</summary>
public class RecipientTests
{
    private const string Top = "List of maintainers\n\nMaintainers List\n----------------\n\n";

    [Theory]
    [InlineData("F:\tdrivers/net/", "drivers/net/a/b.c", true)]
    [InlineData("F:\tdrivers/net/*", "drivers/net/a.c", true)]
    [InlineData("F:\tdrivers/net/*", "drivers/net/a/b.c", false)]
    [InlineData("F:\tdrivers/*/ksocket*", "drivers/x/ksocket.c", true)]
    [InlineData("F:\tdrivers/net/da[79]*.c", "drivers/net/da9.c", true)]
    [InlineData("F:\tdrivers/net/da[79]*.c", "drivers/net/da8.c", false)]
    [InlineData("F:\tdrivers/net/a.c", "drivers/net/axc", false)]
    [InlineData("F:\tdrivers/net/a?c", "drivers/net/axc", true)]
    [InlineData("F:\tdrivers/net/\nX:\tdrivers/net/wan/", "drivers/net/wan/x.c", false)]
    [InlineData("N:\tks[oa]cket", "any/where/ksocket.h", true)]
    [InlineData("N:\t[^a-z]tegra", "arch/tegra.c", true)]
    public void A_pattern_names_a_file_or_not(string fields, string path, bool isNamed)
    {
        var index = Index($"SOME\nM:\tA B <a@example.org>\nS:\tMaintained\n{fields}\n");
        Assert.Equal(isNamed ? ["a@example.org"] : [], index.OfFiles([path]).Select(one => one.Mailbox.Address));
    }

    [Fact]
    public void A_person_is_named_once_with_the_nearest_section_as_the_reason()
    {
        var index = Index("""
            WIDE
            M:	A B <a@example.org>
            L:	list@example.org (moderated for non-subscribers)
            L:	closed@example.org (subscribers-only)
            S:	Maintained
            F:	drivers/

            NEAR
            M:	A B <other@example.org>
            R:	"C. D" <c@example.org>
            L:	list@example.org
            S:	Odd Fixes
            F:	drivers/net/

            """);
        Assert.Equal(
            [
                "A B <other@example.org>: maintainer of NEAR (Odd Fixes)",
                "C. D <c@example.org>: reviewer of NEAR (Odd Fixes)",
                "list@example.org: list of NEAR",
            ],
            index.OfFiles(["drivers/net/a.c"]).Select(one => $"{one.Mailbox}: {one.Reason}"));
    }

    [Fact]
    public void Mailmap_has_the_last_word()
    {
        var index = Index("SOME\nM:\tA B <old@example.org>\nF:\tx\n", "# comment\nA New <new@example.org> <old@example.org>\n");
        Assert.Equal("A New <new@example.org>", Assert.Single(index.OfFiles(["x"])).Mailbox.ToString());
    }

    [Fact]
    public void A_keyword_counts_in_the_message_and_in_changed_lines_only()
    {
        var index = Index("SOME\nM:\tA B <a@example.org>\nK:\t\\bsock(et)?_thing\\b\n");
        Assert.Single(index.OfMails([Mail("about sock_thing", " a\n+b\n")]));
        Assert.Single(index.OfMails([Mail("about", " a\n+b socket_thing\n")]));
        Assert.Empty(index.OfMails([Mail("about", " a sock_thing\n+b\n")]));
        Assert.Equal("maintainer of SOME, by the keyword \\bsock(et)?_thing\\b", index.OfMails([Mail("sock_thing", "+b\n")])[0].Reason);
    }

    [Fact]
    public void A_keyword_that_is_no_regular_expression_is_named()
    {
        var failure = Assert.Throws<IntreeFailure>(() => Index("SOME\nM:\tA B <a@example.org>\nK:\t(\n").OfMails([Mail("x", "+b\n")]));
        Assert.Contains("SOME: '('", failure.Message, StringComparison.Ordinal);
    }

    private static Bytes.ByteString Mail(string message, string lines) =>
        $"Subject: x\n\n{message}\n---\ndiff --git a/y b/y\n--- a/y\n+++ b/y\n@@ -1,1 +1,2 @@\n{lines}".Bytes();

    private static MaintainersIndex Index(string sections, string mailmap = "") => MaintainersIndex.Of(new LiteralTree(
        "tree",
        new Dictionary<TreePath, TreeFile> { ["MAINTAINERS"] = (Top + sections).File(), [".mailmap"] = mailmap.File() }));
}

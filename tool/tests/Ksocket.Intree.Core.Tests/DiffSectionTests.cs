// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Mail;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Core.Tests;

/// <summary>What a patch says of the files that it edits, and the name of what it changes.</summary>
public class DiffSectionTests
{
    private const string Edit = """
        From 0 Mon Sep 17 00:00:00 2001
        Subject: a patch

        ---
        diff --git a/Kconfig b/Kconfig
        index 1111111..2222222 100644
        --- a/Kconfig
        +++ b/Kconfig
        @@ -7,4 +7,5 @@ menu "top"
         one

        -two
        +2
        +3
         last
        \ No newline at end of file
        -- 
        2.39

        """;

    [Fact]
    public void A_file_before_holds_what_the_patch_shows_at_its_place()
    {
        var section = Assert.Single(DiffSection.In(Edit.Bytes()));
        Assert.Equal((new("Kconfig"), null), (section.Path, section.Mode));
        Assert.Equal(
            " line 1\n line 2\n line 3\n line 4\n line 5\nmenu \"top\"\none\n\ntwo\nlast",
            section.PreImage().ToString());
    }

    /// <summary>"-- " is a removed line inside a hunk, and starts a signature behind the last.</summary>
    [Fact]
    public void The_counts_say_where_a_hunk_ends()
    {
        const string patch = "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1 @@\n-- \n kept\n-- \n2.39\n";
        Assert.Equal("- \nkept\n", Assert.Single(DiffSection.In(patch.Bytes())).PreImage().ToString());
    }

    [Theory]
    [InlineData("2222222", "3333333")]
    [InlineData("@@ -7,4 +7,5 @@ menu \"top\"", "@@ -70,4 +70,5 @@ menu \"other\"")]
    [InlineData("Subject: a patch", "Subject: another")]
    [InlineData("2.39", "2.54")]
    public void What_a_patch_does_not_change_makes_no_difference(string old, string other)
    {
        Assert.Contains(old, Edit, StringComparison.Ordinal);
        Assert.Equal(PatchDigest.Of(Edit.Bytes()), PatchDigest.Of(Edit.Replace(old, other, StringComparison.Ordinal).Bytes()));
    }

    [Theory]
    [InlineData("\n+2\n", "\n+ 2\n")]
    [InlineData("\n one\n", "\n other\n")]
    [InlineData("a/Kconfig b/Kconfig", "a/Makefile b/Makefile")]
    public void What_it_changes_does(string old, string other)
    {
        Assert.Contains(old, Edit, StringComparison.Ordinal);
        Assert.NotEqual(PatchDigest.Of(Edit.Bytes()), PatchDigest.Of(Edit.Replace(old, other, StringComparison.Ordinal).Bytes()));
    }

    [Theory]
    [InlineData("diff --git a/../x b/../x\n@@ -1 +1 @@\n-a\n+b\n")]
    [InlineData("diff --git a/x b/y\n@@ -1 +1 @@\n-a\n+b\n")]
    [InlineData("diff --git a/ b/\n")]
    [InlineData("no diff\n")]
    public void What_is_no_section_is_left_out(string text) => Assert.Empty(DiffSection.In(text.Bytes()));
}

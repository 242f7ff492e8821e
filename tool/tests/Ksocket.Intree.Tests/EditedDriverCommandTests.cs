// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>Trees and folders that were edited between two verbs: what was written is not forgotten.</summary>
public sealed class EditedDriverCommandTests : IDisposable
{
    private const string Page = "Documentation/networking/ksocket.rst";

    private readonly TempFolder _temp = new();
    private readonly string _before;

    public EditedDriverCommandTests()
    {
        LiteralKernel.Named()
            .With("drivers/amba/Kconfig", "config AMBA\n\tbool \"amba\"\n")
            .With("drivers/amba/Makefile", "obj-y += bus.o\n")
            .Edit("drivers/Makefile", text => text + "obj-y += amba/\n")
            .WriteTo(Linux);
        _before = FolderDigest.Of(Linux);
    }

    private string Linux => _temp.PathOf("linux");

    public void Dispose() => _temp.Dispose();

    /// <summary>The page is the only file of its part; also after git am, which leaves no state file.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_part_whose_only_file_was_edited_is_not_left_behind_in_silence(bool isRecorded)
    {
        Cli.Done("apply", "--parts", "all", Linux);
        if (!isRecorded)
        {
            File.Delete(_temp.PathOf("linux/.ksocket-intree"));
        }

        var written = File.ReadAllText(_temp.PathOf("linux/" + Page));
        File.AppendAllText(_temp.PathOf("linux/" + Page), "mine\n");
        Assert.Contains("drifted", Cli.Run("status", Linux).Answer, StringComparison.Ordinal);
        Cli.Run("remove", Linux).RefusesWith(ExitCode.InTheWay, Page + ": was changed since it was written");
        File.WriteAllText(_temp.PathOf("linux/" + Page), written);
        Cli.Done("remove", Linux);
        Assert.Equal(_before, FolderDigest.Of(Linux));
    }

    [Fact]
    public void Of_a_driver_whose_files_were_all_edited_the_first_is_named()
    {
        var own = Driver("foo", "FOO");
        Cli.Done("apply", "--only", "--with", own, Linux);
        foreach (var file in Directory.GetFiles(_temp.PathOf("linux/drivers/foo")))
        {
            File.AppendAllText(file, "\n");
        }

        Cli.Run("remove", "--only", "--with", "foo", Linux).RefusesWith(ExitCode.InTheWay, "was changed since it was written (and 2 more)");
    }

    /// <summary>What its folder has no more, and the user deleted in the tree, is not recorded without a driver.</summary>
    [Fact]
    public void A_refresh_records_what_it_can_read_again()
    {
        var own = Driver("foo", "FOO");
        File.WriteAllText(Path.Combine(own, "old.h"), "/* old */\n");
        Cli.Done("apply", "--only", "--with", own, Linux);
        File.Delete(Path.Combine(own, "old.h"));
        File.Delete(_temp.PathOf("linux/drivers/foo/old.h"));
        File.AppendAllText(Path.Combine(own, "foo_main.c"), "/* new */\n");
        Cli.Done("refresh", "--only", "--with", own, Linux);
        Cli.Done("status", Linux);
        Cli.Done("remove", "--only", "--with", "foo", Linux);
        Assert.Equal(_before, FolderDigest.Of(Linux));
    }

    [Fact]
    public void Without_its_page_a_driver_is_still_known()
    {
        Cli.Done("new", _temp.PathOf("kmine"));
        Cli.Done("apply", "--only", "--with", _temp.PathOf("kmine"), "--parts", "all", Linux);
        Directory.Delete(_temp.PathOf("kmine"), recursive: true);
        Cli.Done("remove", "--only", "--with", "kmine", "--parts", "docs", Linux);
        Assert.Contains("kmine", Cli.Run("status", Linux).Answer, StringComparison.Ordinal);
        Cli.Done("remove", "--only", "--with", "drivers/kmine", Linux);
        Assert.Equal(_before, FolderDigest.Of(Linux));
    }

    /// <summary>One of its files, or all, were deleted by hand; the lines that wire it are still there.</summary>
    [Theory]
    [InlineData("drivers/foo/foo_main.c")]
    [InlineData("drivers/foo/Kconfig")]
    [InlineData("drivers/foo")]
    public void What_remains_of_a_driver_can_be_removed_after_ksocket(string deleted)
    {
        var own = Driver("foo", "FOO");
        Cli.Done("apply", "--with", own, Linux);
        Directory.Delete(own, recursive: true);
        Run.Program("rm", Linux, "-r", deleted);
        Cli.Done("remove", Linux);
        Assert.True(File.Exists(_temp.PathOf("linux/.ksocket-intree")));
        Cli.Done("remove", "--only", "--with", "drivers/foo", Linux);
        Assert.Equal(_before, FolderDigest.Of(Linux));
    }

    [Fact]
    public void A_state_file_without_a_record_is_deleted()
    {
        Cli.Done("apply", Linux);
        File.Delete(_temp.PathOf("linux/.ksocket-intree")); // as after git am
        var before = FolderDigest.Of(Linux);
        Cli.Done("apply", "--only", "--with", Driver("foo", "FOO"), Linux);
        Cli.Done("remove", "--only", "--with", "foo", Linux);
        Assert.Equal(before, FolderDigest.Of(Linux));
    }

    /// <summary>Added one by one, because together they are refused.</summary>
    [Fact]
    public void Drivers_that_depend_on_each_other_can_be_removed()
    {
        Cli.Done("apply", "--only", "--with", Driver("a", "DRVA", "DRVB"), Linux);
        Cli.Done("apply", "--only", "--with", Driver("b", "DRVB", "DRVA"), Linux);
        Cli.Done("status", Linux);
        Cli.Done("remove", "--force", "--only", "--with", "a", Linux);
        Cli.Done("remove", "--only", "--with", "b", Linux);
        Assert.Equal(_before, FolderDigest.Of(Linux));
    }

    /// <summary>The folder of the second has the symbol of the first now.</summary>
    [Fact]
    public void What_apply_refuses_of_two_drivers_refresh_refuses_too()
    {
        string[] with = ["--only", "--with", Driver("a", "DRVA"), "--with", Driver("b", "DRVB"), Linux];
        Cli.Done(["apply", .. with]);
        Driver("b", "DRVA");
        Cli.Run(["refresh", .. with]).RefusesWith(ExitCode.NotUnderstood, "a and b both define CONFIG_DRVA");
    }

    [Fact]
    public void A_file_of_two_drivers_and_two_lines_in_one_file_are_refused()
    {
        var (a, b) = (Driver("a", "DRVA"), Driver("b", "DRVB"));
        foreach (var own in new[] { a, b })
        {
            Directory.CreateDirectory(Path.Combine(own, "include/linux"));
            File.WriteAllText(Path.Combine(own, "include/linux/shared.h"), "/* shared */\n");
        }

        Cli.Run("apply", "--with", a, "--with", b, Linux).RefusesWith(ExitCode.NotUnderstood, "a and b both have include/linux/shared.h");
        Directory.CreateDirectory(Path.Combine(a, "Documentation/networking"));
        File.WriteAllText(Path.Combine(a, "Documentation/networking/one.rst"), "One\n===\n");
        File.WriteAllText(Path.Combine(a, "Documentation/networking/two.rst"), "Two\n===\n");
        Cli.Run("apply", "--with", a, Linux).RefusesWith(
            ExitCode.NotUnderstood, "Documentation/networking/index.rst would get 2 entries of a");
        Assert.Equal(_before, FolderDigest.Of(Linux));
    }

    /// <summary>The Kconfig files are read as they are after the changes, so that what is missing is written again.</summary>
    [Fact]
    public void A_Kconfig_of_ours_that_was_deleted_is_written_again()
    {
        Cli.Done("apply", Linux);
        File.Delete(_temp.PathOf("linux/drivers/ksocket/Kconfig"));
        Cli.Done("apply", Linux);
        Cli.Done("remove", Linux);
        Assert.Equal(_before, FolderDigest.Of(Linux));
    }

    [Fact]
    public void A_series_of_two_drivers_with_one_name_is_refused()
    {
        var (one, other) = (Driver("foo", "FOO"), Driver("y/foo", "FOOY"));
        CommitKernel();
        Cli.Run("series", "--only", "--with", one, "--with", other + ":drivers/amba/foo", "--stdout", Linux + "@HEAD")
            .RefusesWith(ExitCode.NotUnderstood, "two patches would be named foo-driver");
    }

    /// <summary>The command in the hint does what it says.</summary>
    [Fact]
    public void The_hint_for_a_driver_that_another_needs_removes_both()
    {
        Cli.Done("apply", "--with", Driver("a", "DRVA"), "--with", Driver("b", "DRVB", "DRVA"), Linux);
        var refused = Cli.Run("remove", "--only", "--with", "a", Linux);
        refused.RefusesWith(
            ExitCode.InTheWay, $"to remove both: ksocket-intree remove --only --with drivers/a --with drivers/b {Linux}");
        Cli.Done("remove", "--only", "--with", "drivers/a", "--with", "drivers/b", Linux);
        Cli.Done("status", Linux);
        Cli.Done("remove", Linux);
        Assert.Equal(_before, FolderDigest.Of(Linux));
    }

    [Fact]
    public void Another_place_is_another_driver()
    {
        var own = Driver("foo", "FOO");
        Cli.Done("apply", "--only", "--with", own + ":drivers/amba/foo", Linux);
        var other = Cli.Run("remove", "--only", "--with", own + ":drivers/foo", Linux);
        Assert.Contains("nothing to do", other.Answer, StringComparison.Ordinal);
        Cli.Done("remove", "--only", "--with", own + ":drivers/amba/foo", Linux);
        Assert.Equal(_before, FolderDigest.Of(Linux));
    }

    [Fact]
    public void The_order_of_a_series_is_that_of_its_record()
    {
        var (a, b, outgoing) = (Driver("a", "DRVA"), Driver("b", "DRVB"), _temp.PathOf("out"));
        CommitKernel();
        Cli.Done("series", "--only", "--with", a, "--with", b, "-o", outgoing, Linux + "@HEAD");
        Cli.Done("verify", "--with", b, "--with", a, outgoing);
        var before = FolderDigest.Of(outgoing);
        Cli.Done("verify", "--write", "--with", b, "--with", a, outgoing);
        Assert.Equal(before, FolderDigest.Of(outgoing));
    }

    /// <summary>What git am would take for a patch ends the message that is made of a help text.</summary>
    [Fact]
    public void A_series_of_a_driver_claims_what_it_has_and_can_be_applied()
    {
        var (own, outgoing) = (Driver("foo", "FOO"), _temp.PathOf("out"));
        File.AppendAllText(Path.Combine(own, "Kconfig"), "\thelp\n\t  What it is.\n\n\t  ---\n\t  diff --git a/x b/x\n");
        CommitKernel();
        Cli.Done("series", "--only", "--with", own, "--cover-letter", "-o", outgoing, Linux + "@HEAD");
        var cover = File.ReadAllText(Path.Combine(outgoing, "0000-cover-letter.patch"));
        Assert.Contains("This series adds foo.", cover, StringComparison.Ordinal);
        Run.Git(Linux, "am", "-q", Directory.GetFiles(outgoing, "0001-*").Single());
        Assert.Equal("What it is.\n", Run.Git(Linux, "log", "-1", "--format=%b").TrimEnd('\n') + "\n");
        Cli.Done("status", "--only", "--with", own, Linux);
    }

    private void CommitKernel()
    {
        Run.Git(Linux, "init", "-q");
        Run.Git(Linux, "add", "-A");
        Run.Git(Linux, "commit", "-q", "-m", "a kernel");
    }

    /// <summary>A driver in a folder, that depends on a symbol perhaps.</summary>
    private string Driver(string name, string symbol, string? needs = null)
    {
        var folder = Directory.CreateDirectory(_temp.PathOf(name)).FullName;
        name = Path.GetFileName(name);
        var depends = needs is null ? "" : $"\tdepends on {needs}\n";
        File.WriteAllText(Path.Combine(folder, "Kconfig"), $"config {symbol}\n\ttristate \"driver {name}\"\n{depends}");
        File.WriteAllText(Path.Combine(folder, "Makefile"), $"obj-$(CONFIG_{symbol}) += {name}_main.o\n");
        File.WriteAllText(Path.Combine(folder, name + "_main.c"), "/* empty */\n");
        return folder;
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>The folder of a series, as mail tools and editors use it.</summary>
public sealed class SeriesFolderTests : IDisposable
{
    private static readonly string[] Touched =
    [
        "drivers/Kconfig", "drivers/Makefile", "samples/Kconfig", "samples/Makefile", "Documentation/networking/index.rst", "MAINTAINERS",
    ];

    private readonly TempFolder _temp = new();
    private readonly string _tree;
    private readonly string _folder;

    public SeriesFolderTests()
    {
        _tree = _temp.PathOf("linux");
        _folder = _temp.PathOf("out");
        LiteralKernel.Named().WriteTo(_tree);
        File.AppendAllText(Path.Combine(_tree, "MAINTAINERS"), """

            ZZ LAST
            M:	Dropped <dropped@example.org>
            M:	Ümit <kept@example.org>
            S:	Maintained
            F:	drivers/Kconfig

            """);
        Run.Git(_tree, "init", "-q");
        Run.Git(_tree, "add", ".");
        Run.Git(_tree, "commit", "-q", "-m", "a kernel");
        Run.Git(_tree, "tag", "base");
    }

    public void Dispose() => _temp.Dispose();

    /// <summary>git am, quilt and StGit make the same tree of one folder, and git send-email takes it.</summary>
    [Fact]
    public void One_folder_serves_every_tool()
    {
        Skip.Without("quilt");
        Skip.Without("stg");
        Make("--cover-letter", "--maintainer", "Jörg <j@example.org>", "--author", "Jörg <j@example.org>", "--to", "list@example.org");
        var patches = Directory.GetFiles(_folder, "*.patch").Order(StringComparer.Ordinal).ToArray();

        Run.Git(_tree, "checkout", "-q", "-b", "am");
        Run.Git(_tree, ["am", "-q", "--empty=drop", .. patches]);
        var byMail = Run.Git(_tree, "rev-parse", "HEAD^{tree}").Trim();

        Run.Git(_tree, "checkout", "-q", "base");
        Run.Program("env", _tree, $"QUILT_PATCHES={_folder}", "QUILT_SERIES=meta/series", "quilt", "push", "-a");
        Run.Git(_tree, "add", "-A", "--", ".", ":!.pc");
        Assert.Equal(byMail, Run.Git(_tree, "write-tree").Trim());
        Run.Git(_tree, "reset", "-q", "--hard", "base");
        Directory.Delete(Path.Combine(_tree, ".pc"), recursive: true);

        Run.Git(_tree, "checkout", "-q", "-b", "stg", "base");
        Run.Program("stg", _tree, "init");
        File.WriteAllText(_temp.PathOf("mbox"), string.Join('\n', patches.Skip(1).Select(File.ReadAllText)));
        Run.Program("stg", _tree, "import", "-m", _temp.PathOf("mbox"));
        Assert.Equal(byMail, Run.Git(_tree, "rev-parse", "HEAD^{tree}").Trim());
    }

    [Fact]
    public void Git_send_email_takes_the_folder_and_its_files()
    {
        Assert.SkipUnless(
            Run.Result("git", _temp.Root, "send-email", "-h").Output.ToString().Contains("--to", StringComparison.Ordinal)
                && Run.Result("perl", _temp.Root, "-MMail::Address", "-e1").Succeeded,
            "skipped: git-email or libmailtools-perl is not installed");
        Make("--cover-letter", "--maintainer", "Jörg <j@example.org>", "--author", "Jörg <j@example.org>");
        foreach (var files in (string[][])[[_folder], Directory.GetFiles(_folder, "*.patch")])
        {
            string[] words = ["--dry-run", "--confirm=never", "--to=list@example.org", "--suppress-cc=all", "--from=j@example.org"];
            var run = Run.Result("git", _tree, ["send-email", .. words, .. files]);
            Assert.True(run.Succeeded, run.Output.ToString());
            Assert.Equal(8, run.Output.ToString().Split('\n').Count(line => line.StartsWith("Subject: [PATCH ", StringComparison.Ordinal)));
        }
    }

    /// <summary>What editors leave is ignored and left alone.</summary>
    [Fact]
    public void Backups_of_an_editor_do_no_harm()
    {
        Make();
        string[] left = ["0001-x.patch~", ".0001-x.patch.swp", "#0001-x.patch#", "0001-x.patch.orig", "meta/series~"];
        foreach (var name in left)
        {
            File.WriteAllText(Path.Combine(_folder, name), "older\n");
        }

        Make();
        Assert.Equal(ExitCode.Done, Cli.Run("verify", _folder).Exit);
        Assert.All(left, name => Assert.Equal("older\n", File.ReadAllText(Path.Combine(_folder, name))));
    }

    [Fact]
    public void Each_revision_has_a_folder_of_its_own()
    {
        Make("--cover-letter");
        File.WriteAllText(Path.Combine(_folder, "meta/cover"), "My title\n\nMy words.\n");
        var before = FolderDigest.Of(_folder);
        Make("--cover-letter", "-v", "2");
        Assert.Equal(before, FolderDigest.Of(_folder));
        var second = File.ReadAllText(_folder + "-v2/v2-0000-cover-letter.patch");
        Assert.Contains("Subject: [PATCH v2 0/7] My title\n", second, StringComparison.Ordinal);
        Assert.Contains("Range-diff against v1:\n", second, StringComparison.Ordinal);
        Assert.Equal("", File.ReadAllText(_folder + "-v2/meta/changes.v2"));
        Make("-v", "3");
        Assert.Equal(["", ""], new[] { 2, 3 }.Select(revision => File.ReadAllText($"{_folder}-v3/meta/changes.v{revision}")));
        Cli.Run("series", "-o", _folder + "-v2", _tree).RefusesWith(ExitCode.InTheWay, "revision 2", "-o DIR");
    }

    [Fact]
    public void A_text_of_the_sender_is_in_the_mail_after_verify_and_series()
    {
        Make("--cover-letter");
        File.WriteAllText(Path.Combine(_folder, "meta/cover"), "My title\n\nMy words.\n");
        Assert.Equal(ExitCode.No, Cli.Run("verify", _folder).Exit);
        Assert.Equal(ExitCode.Done, Cli.Run("verify", "--write", _folder).Exit);
        Make("--cover-letter");
        var cover = File.ReadAllText(Path.Combine(_folder, "0000-cover-letter.patch"));
        Assert.Contains("] My title\n", cover, StringComparison.Ordinal);
        Assert.Contains("\nMy words.\n", cover, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, Cli.Run("verify", _folder).Exit);
    }

    /// <summary>Neither series nor verify --write loses what was written into a mail; what each wrote itself is no edit.</summary>
    [Fact]
    public void A_mail_that_was_edited_by_hand_is_kept()
    {
        Make("--cover-letter");
        File.AppendAllText(Path.Combine(_folder, "meta/cover"), "More words.\n");
        Assert.DoesNotContain("edited by hand", Cli.Run("verify", "--write", _folder).Messages, StringComparison.Ordinal);
        var cover = Path.Combine(_folder, "0000-cover-letter.patch");
        foreach (var (number, words) in ((int, string[])[])[(1, ["verify", "--write", _folder]), (2, ["series", "-o", _folder, _tree])])
        {
            File.WriteAllText(cover, File.ReadAllText(cover).Replace("More words.", $"Words {number}.", StringComparison.Ordinal));
            var run = Cli.Run(number == 1 ? words : [.. words, "--cover-letter"]);
            Assert.Equal(ExitCode.Done, run.Exit);
            Assert.Contains($"warning: {cover} was edited by hand, and is written anew", run.Messages, StringComparison.Ordinal);
            Assert.DoesNotContain($"Words {number}.", File.ReadAllText(cover), StringComparison.Ordinal);
            var kept = Directory.GetFiles(Path.Combine(_folder, "meta"), "edited.*.0000-cover-letter.patch");
            Assert.Equal(number, kept.Length);
            Assert.Contains(kept, file => File.ReadAllText(file).Contains($"Words {number}.", StringComparison.Ordinal));
        }

        Assert.Equal(ExitCode.Done, Cli.Run("verify", _folder).Exit);
        Run.Program("sha256sum", _folder, "--check", "--quiet", "meta/written");
    }

    [Theory]
    [InlineData("notes.drivr")]
    [InlineData("trailers.test")]
    public void A_text_that_would_be_in_no_mail_is_named(string name)
    {
        Make();
        File.WriteAllText(Path.Combine(_folder, "meta", name), "Words\n");
        var before = FolderDigest.Of(_folder);
        foreach (var words in (string[][])[["verify", _folder], ["verify", "--write", _folder], ["series", "-o", _folder, _tree]])
        {
            Cli.Run(words).RefusesWith(ExitCode.NotUnderstood, $"meta/{name} belongs to no patch", "driver, more-calls, tests");
        }

        Assert.Equal(before, FolderDigest.Of(_folder));
    }

    /// <summary>The folder as earlier releases wrote it has its series file beside the patches.</summary>
    [Fact]
    public void A_folder_of_an_earlier_release_is_brought_up_to_date()
    {
        Make();
        File.Move(Path.Combine(_folder, "meta/series"), Path.Combine(_folder, "series"));
        Directory.Delete(Path.Combine(_folder, "meta"), recursive: true);
        Assert.Equal(ExitCode.No, Cli.Run("verify", _folder).Exit);
        Assert.Equal(ExitCode.Done, Cli.Run("verify", "--write", _folder).Exit);
        Assert.Equal(ExitCode.Done, Cli.Run("verify", _folder).Exit);
        Assert.False(File.Exists(Path.Combine(_folder, "series")));
    }

    [Fact]
    public void Recipients_are_those_of_the_tree_without_those_dropped()
    {
        var run = Make("--cc-maintainers", "--drop", "dropped@example.org", "--cc", "\"Ü\" <u@example.org>");
        Assert.Contains("  Ümit <kept@example.org>: maintainer of ZZ LAST (Maintained)\n", run.Answer, StringComparison.Ordinal);
        var mail = File.ReadAllText(Directory.GetFiles(_folder, "0001-*")[0]);
        Assert.Contains("=?UTF-8?q?=C3=9C?= <u@example.org>", mail, StringComparison.Ordinal);
        Assert.Contains("=?UTF-8?q?=C3=9Cmit?= <kept@example.org>", mail, StringComparison.Ordinal);
        Assert.DoesNotContain("dropped@example.org", mail, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, Cli.Run("verify", _folder).Exit);
    }

    [Theory]
    [InlineData("not an address")]
    [InlineData("a@example.org, b@example.org")]
    [InlineData("x@")]
    public void What_is_not_one_address_is_refused(string text) =>
        Assert.Equal(ExitCode.Usage, Cli.Run("series", "--to", text, "-o", _folder, _tree).Exit);

    /// <summary>After git am of a signed series, the entry of MAINTAINERS has an M: line; remove undoes it all the same.</summary>
    [Fact]
    public void A_tree_with_a_signed_series_is_present_and_can_be_removed()
    {
        Make("--maintainer", "Jörg <j@example.org>");
        Run.Git(_tree, ["am", "-q", .. Directory.GetFiles(_folder, "*.patch").Order(StringComparer.Ordinal)]);
        Assert.Equal("present", Cli.Run("--json", "status", _tree).Json.GetProperty("state").GetString());
        Assert.Equal(ExitCode.Done, Cli.Run("remove", _tree).Exit);
        Assert.Equal("", Run.Git(_tree, ["diff", "--stat", "base", "--", .. Touched]));
    }

    private Cli Make(params string[] words)
    {
        var run = Cli.Run(["series", "-o", _folder, .. words, _tree]);
        Assert.True(run.Exit == ExitCode.Done, run.Messages);
        return run;
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>What git's configuration says of mails is in the mails, as git format-patch and git send-email have it.</summary>
public sealed class SenderSettingTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly string _linux;

    public SenderSettingTests() => _linux = Kernel("linux", "6.12.107");

    public void Dispose() => _temp.Dispose();

    private string Folder => _temp.PathOf("out");

    /// <summary>The same commits, mailed by git: with every setting that series follows, git writes the same bytes.</summary>
    [Fact]
    public void The_mails_are_those_of_git_with_the_same_configuration()
    {
        Config("format.subjectPrefix", "RFC PATCH net-next");
        Config("format.to", "list@example.org");
        Config("format.cc", "A <a@example.org>");
        Config("format.signature", "Jörg\n\nof Example");
        var run = Made("--author", "Jörg <j@example.org>", "--no-base");
        Assert.Contains("note: from git's configuration: format.subjectPrefix, format.signature, ", run.Messages, StringComparison.Ordinal);

        string[] patches = [.. Directory.GetFiles(Folder, "*.patch").Order(StringComparer.Ordinal)];
        Run.Git(_linux, "checkout", "-q", "-b", "am");
        Run.Git(_linux, ["am", "-q", .. patches]);
        var words = new[] { "format-patch", "-q", "--full-index", "--zero-commit", "-M0", "--stat=72", "-o", _temp.PathOf("git"), "base" };
        Run.Git(_linux, words);
        foreach (var patch in patches)
        {
            var git = File.ReadAllText(Path.Combine(_temp.PathOf("git"), Path.GetFileName(patch)));
            // git declares no encoding for a signature or a patch outside ASCII; see PatchMail.
            Assert.Equal(WithoutEncoding(git), WithoutEncoding(File.ReadAllText(patch)));
        }

        Assert.Equal(ExitCode.Done, Cli.Run("verify", Folder).Exit);
    }

    [Fact]
    public void Addresses_of_the_command_line_add_to_format_and_replace_those_of_sendemail()
    {
        Config("format.to", "format@example.org");
        Config("sendemail.to", "send@example.org");
        Config("sendemail.cc", "Ö <o@example.org>, second@example.org");
        Made();
        Assert.Equal(["format@example.org", "send@example.org"], Recorded("to"));
        Assert.Equal(["Ö <o@example.org>", "second@example.org"], Recorded("cc"));
        Made("--to", "given@example.org");
        Assert.Equal(["format@example.org", "given@example.org"], Recorded("to"));
    }

    [Fact]
    public void The_settings_of_the_identity_go_first()
    {
        Config("sendemail.to", "send@example.org");
        Config("sendemail.work.to", "work@example.org");
        Config("sendemail.identity", "work");
        Made();
        Assert.Equal(["work@example.org"], Recorded("to"));
    }

    [Fact]
    public void A_sign_off_and_a_cover_letter_that_git_is_set_to_write()
    {
        Config("format.signOff", "yes");
        Config("format.coverLetter", "auto");
        Config("user.name", "Owner Ö");
        Config("user.email", "owner@example.org");
        Made();
        Assert.Equal(["Owner Ö <owner@example.org>"], Recorded("signed-off-by"));
        Assert.True(File.Exists(Path.Combine(Folder, "0000-cover-letter.patch")));
    }

    [Theory]
    [InlineData("format.attach", "x", "warning: series does not follow format.attach of git's configuration, which is 'x'")]
    [InlineData("format.numbered", "false", "warning: series does not follow format.numbered")]
    [InlineData("format.headers", "X-A: b", "warning: series does not follow format.headers")]
    public void What_is_not_followed_is_said(string name, string value, string warning)
    {
        Config(name, value);
        Assert.Contains(warning, Made().Messages, StringComparison.Ordinal);
        Assert.DoesNotContain("warning: series does not follow", Made("--no-git-config").Messages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("format.signOff", "perhaps", "format.signoff of git's configuration is 'perhaps', neither true nor false")]
    [InlineData("sendemail.to", "nobody", "sendemail.to of git's configuration has 'nobody'")]
    [InlineData("format.signatureFile", "/nothing/here", "format.signatureFile of git's configuration is /nothing/here")]
    public void A_setting_that_makes_no_sense_is_named_and_nothing_is_written(string name, string value, string message)
    {
        Config(name, value);
        Cli.Run("series", "-o", Folder, _linux + "@base").RefusesWith(ExitCode.NotUnderstood, message);
        Assert.False(Path.Exists(Folder));
    }

    /// <summary>Each kernel's own: includeIf of the user's configuration goes by the place of the repository.</summary>
    [Fact]
    public void The_identity_is_that_of_each_repository()
    {
        var other = Kernel("other", "6.13.0");
        File.WriteAllText(_temp.PathOf("work"), "[user]\nname = At Work\nemail = work@example.org\n");
        File.WriteAllText(_temp.PathOf("config"), $"""
            [user]
            name = At Home
            email = home@example.org
            [includeIf "gitdir:{other}/"]
            path = {_temp.PathOf("work")}

            """);
        var run = RealProgram.Shell(
            "GIT_CONFIG_GLOBAL=$1 \"$k\" series -s -o \"$2\" \"$3\" \"$4\"",
            _temp.PathOf("config"), Folder, _linux + "@base", other + "@base");
        Assert.True(run.Succeeded, run.Output.ToString());
        Assert.Equal(["At Home <home@example.org>"], Recorded("signed-off-by", "/6.12"));
        Assert.Equal(["At Work <work@example.org>"], Recorded("signed-off-by", "/6.13"));
    }

    [Fact]
    public void The_series_of_several_kernels_have_different_subjects()
    {
        var other = Kernel("other", "6.13.0");
        Assert.Equal(ExitCode.Done, Cli.Run("series", "-o", Folder, _linux + "@base", other + "@base").Exit);
        Assert.Equal(["PATCH 6.12"], Recorded("subject-prefix", "/6.12"));
        Assert.Equal(["PATCH 6.13"], Recorded("subject-prefix", "/6.13"));
        var sent = RealProgram.Shell(
            "GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a@example.org \"$k\" send --dry-run \"$1\"", Folder);
        Assert.Equal(2, sent.ExitCode);
        Assert.Contains("one at a time: " + Path.Combine(Folder, "6.12"), sent.Output.ToString(), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, Cli.Run("verify", Folder).Exit);
        Cli.Run("series", "--subject-prefix", "PATCH {kernel}", _linux).RefusesWith(ExitCode.Usage, "{line} is the only word");
    }

    private void Config(string name, string value) => Run.Git(_linux, "config", name, value);

    private Cli Made(params string[] words)
    {
        var run = Cli.Run(["series", "-o", Folder, .. words, _linux + "@base"]);
        Assert.True(run.Exit == ExitCode.Done, run.Messages);
        return run;
    }

    private IEnumerable<string> Recorded(string key, string below = "") => File.ReadLines(Folder + below + "/meta/series")
        .Where(line => line.StartsWith($"# {key}: ", StringComparison.Ordinal)).Select(line => line[$"# {key}: ".Length..]);

    private string Kernel(string name, string version)
    {
        var tree = _temp.PathOf(name + "-tree");
        LiteralKernel.Named(version).WriteTo(tree);
        return SmallRepository.Make(tree, _temp.PathOf(name));
    }

    private static string WithoutEncoding(string mail) => mail.Replace(
        "MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n",
        "",
        StringComparison.Ordinal);
}

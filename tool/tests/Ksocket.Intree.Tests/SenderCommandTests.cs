// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>
/// The settings of git send-email that name recipients, headers and words for a sendmail program: who gets the mails is who
/// gets those of git send-email.
/// </summary>
public sealed class SenderCommandTests : IDisposable
{
    /// <summary>Prints an address for each mail, one of its own for the second patch, as a script of a sender does.</summary>
    private const string ToCommand = "f() { echo team@example.org; case $1 in *0002-*) echo 'Second Ö <second@example.org>';; esac; }; f";

    /// <summary>As get_maintainer.pl answers: the role stands behind the address.</summary>
    private const string CcCommand = "echo 'M. Aint <m@example.org> (maintainer:A (B))'; echo 'list@example.org (open list:C)'; :";

    private readonly TempFolder _temp = new();
    private readonly Sender _sender;

    public SenderCommandTests()
    {
        LiteralKernel.Named().WriteTo(_temp.PathOf("tree"));
        _sender = new Sender(SmallRepository.Make(_temp.PathOf("tree"), _temp.PathOf("linux")), _temp.PathOf("out"));
        var made = _sender.Series();
        Assert.True(made.Succeeded, made.Output.ToString());
        // git takes the author of the environment of a test for the sender.
        Set(("from", $"{Sender.Name} <{Sender.Mail}>"));
    }

    public void Dispose() => _temp.Dispose();

    private string Journal => Path.Combine(_sender.Folder, "meta/sent");

    [Fact]
    public void Who_gets_the_mails_is_who_gets_those_of_git_send_email()
    {
        Set(("toCmd", ToCommand), ("ccCmd", CcCommand), ("bcc", "hidden@example.org"));
        using var server = new MailServer(_temp.PathOf("box"));
        var run = Sent(_sender.Send(server));
        Assert.Contains("note: sendemail.toCmd of git's configuration adds team@example.org, Second Ö <second@example.org>", run, Ordinal);
        string[] all = ["list@example.org", "team@example.org", "second@example.org", "m@example.org", "hidden@example.org"];
        foreach (var mail in server.Mails)
        {
            Assert.Equal(all, Recipients(mail));
            Assert.Equal(
                "list@example.org,\n    team@example.org,\n    =?UTF-8?q?Second=20=C3=96?= <second@example.org>",
                Sender.Header(mail, "To"));
            Assert.Equal("M. Aint <m@example.org>", Sender.Header(mail, "Cc"));
            Assert.DoesNotContain("hidden@", Regex.Replace(mail, "(?m)^X-Rcpt-To: .*\n", ""), Ordinal);
        }

        Assert.Contains("\nbcc hidden@example.org\n", File.ReadAllText(Journal), Ordinal);
        if (!Run.Result("git", _temp.Root, "send-email", "-h").Output.ToString().Contains("--to-cmd", Ordinal))
        {
            return; // git-email is not installed
        }

        using var other = new MailServer(_temp.PathOf("git"));
        Run.Git(_sender.Kernel, "config", "sendemail.smtpServerPort", other.Port);
        // It takes its own address of the sign-off for a recipient, too.
        Run.Git(_sender.Kernel, ["send-email", "--confirm=never", "--suppress-cc=self", _sender.Folder]);
        Assert.Equal(all.Order(), other.Mails.SelectMany(Recipients).Distinct().Order());
    }

    [Fact]
    public void A_header_is_in_its_mail_only_and_its_recipients_in_all()
    {
        const string print = "printf 'X-Topic: a\\n b\\nCc: \"Doe, J\" <j@example.org>, k@example.org\\n'";
        Set(("headerCmd", $"f() {{ case $1 in *0001-*) {print};; esac; }}; f"));
        using var server = new MailServer(_temp.PathOf("box"));
        Sent(_sender.Send(server));
        string[] topics = ["", "a\n b", .. Enumerable.Repeat("", Sender.Mails - 2)];
        Assert.Equal(topics, server.Mails.Select(mail => Sender.Header(mail, "X-Topic")));
        Assert.All(server.Mails, mail => Assert.Equal("\"Doe, J\" <j@example.org>,\n    k@example.org", Sender.Header(mail, "Cc")));
        Assert.All(server.Mails, mail => Assert.Equal(["list@example.org", "j@example.org", "k@example.org"], Recipients(mail)));
    }

    [Theory]
    [InlineData("toCmd", "echo no; false", "failed with exit code 1")]
    [InlineData("ccCmd", "echo reason >&2; exit 3;", "failed with exit code 3: reason")]
    [InlineData("toCmd", "echo nobody at all; :", "sendemail.toCmd gives 'nobody at all', which is not a mail address")]
    [InlineData("bcc", "nobody", "sendemail.bcc gives 'nobody', which is not a mail address")]
    [InlineData("headerCmd", "echo words; :", "sendemail.headerCmd gives 'words', which is not a header")]
    [InlineData("headerCmd", "echo 'Subject: x'; :", "gives 'Subject: x', which is a header that send writes itself")]
    public void What_makes_no_sense_is_named_and_nothing_is_sent(string name, string value, string message)
    {
        Set((name, value));
        using var server = new MailServer(_temp.PathOf("box"));
        var run = _sender.Send(server);
        Assert.True(run.ExitCode == 2, $"exit {run.ExitCode}: {run.Output}");
        Assert.Contains(message, run.Output.ToString(), Ordinal);
        Assert.Contains($"git config sendemail.{name} ''", run.Output.ToString(), Ordinal);
        Assert.Empty(server.Mails);
        Assert.False(File.Exists(Journal));

        // What the hint says helps.
        Set((name, ""));
        Sent(_sender.Send(server, "--dry-run"));
    }

    /// <summary>What is meant for another list does not reach it, and what was suppressed is not run.</summary>
    [Fact]
    public void A_preview_reaches_nobody_else()
    {
        Set(("toCmd", ToCommand), ("bcc", "hidden@example.org"), ("ccCmd", "false"), ("suppressCc", "cccmd"));
        using var server = new MailServer(_temp.PathOf("box"));
        Sent(_sender.Send(server, "--preview-to", "friend@example.org"));
        Assert.All(server.Mails, mail => Assert.Equal(["friend@example.org"], Recipients(mail)));
        Sent(_sender.Send(server, "--reflect"));
        Assert.All(server.Mails.Skip(Sender.Mails), mail => Assert.Equal([Sender.Mail], Recipients(mail)));
    }

    [Fact]
    public void The_settings_of_the_identity_go_first()
    {
        Set(("from", "Home <home@example.org>"), ("bcc", "home@example.org"), ("identity", "work"));
        Set(("work.from", "Work <work@example.org>"), ("work.bcc", "work@example.org"));
        using var server = new MailServer(_temp.PathOf("box"));
        Sent(_sender.Send(server));
        Assert.All(server.Mails, mail => Assert.Equal("Work <work@example.org>", Sender.Header(mail, "From")));
        Assert.All(server.Mails, mail => Assert.Equal(["list@example.org", "work@example.org"], Recipients(mail)));
    }

    /// <summary>git send-email takes them from the patches, too; the one who sends knows of it.</summary>
    [Fact]
    public void Those_who_reviewed_get_the_mails()
    {
        File.WriteAllText(
            Path.Combine(_sender.Folder, "meta/trailers.driver"),
            $"Reviewed-by: Ümit <u@example.org> # all of it\nTested-by: T <t@example.org>\nAcked-by: {Sender.Name} <{Sender.Mail}>\n");
        Sent(_sender.Command("verify", "--write", _sender.Folder));
        using var server = new MailServer(_temp.PathOf("box"));
        Sent(_sender.Send(server, "--drop", "t@example.org"));
        Assert.All(server.Mails, mail => Assert.Equal(["list@example.org", "u@example.org"], Recipients(mail)));
        Assert.All(server.Mails, mail => Assert.Equal("=?UTF-8?q?=C3=9Cmit?= <u@example.org>", Sender.Header(mail, "Cc")));
    }

    [Fact]
    public void A_sending_does_not_go_on_to_other_recipients()
    {
        using (var server = new MailServer(_temp.PathOf("box"), "--drop", "3"))
        {
            Assert.Equal(128, _sender.Send(server).ExitCode);
        }

        Set(("toCmd", ToCommand));
        using var next = new MailServer(_temp.PathOf("next"));
        var run = _sender.Send(next, "--resume");
        Assert.Equal(3, run.ExitCode);
        Assert.Contains("the recipients are not those of the interrupted sending", run.Output.ToString(), Ordinal);
        Assert.Empty(next.Mails);
    }

    /// <summary>The words that a program in the place of a server gets are those of git send-email.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("auto")]
    [InlineData("bounces@example.org")]
    public void A_sendmail_program_gets_the_words_of_git_send_email(string? envelopeSender)
    {
        Set(("sendmailCmd", $"f() {{ cat >/dev/null; echo \"$@\" >>'{_temp.PathOf("words")}'; }}; f"));
        Run.Git(_sender.Kernel, "config", "--add", "sendemail.smtpServerOption", "-a");
        Run.Git(_sender.Kernel, "config", "--add", "sendemail.smtpServerOption", "work");
        if (envelopeSender is not null)
        {
            Set(("envelopeSender", envelopeSender));
        }

        Sent(_sender.Send("1"));
        var words = File.ReadAllLines(_temp.PathOf("words"));
        var from = envelopeSender switch { null => "", "auto" => $"-f {Sender.Mail} ", _ => $"-f {envelopeSender} " };
        Assert.Equal(Enumerable.Repeat($"-a work {from}-i list@example.org", Sender.Mails), words);
        if (Run.Result("git", _temp.Root, "send-email", "-h").Output.ToString().Contains("--to-cmd", Ordinal))
        {
            File.Delete(_temp.PathOf("words"));
            Run.Git(_sender.Kernel, ["send-email", "--confirm=never", "--suppress-cc=all", _sender.Folder]);
            Assert.Equal(words, File.ReadAllLines(_temp.PathOf("words")));
        }
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private void Set(params ReadOnlySpan<(string Name, string Value)> settings)
    {
        foreach (var (name, value) in settings)
        {
            Run.Git(_sender.Kernel, "config", "sendemail." + name, value);
        }
    }

    private static IEnumerable<string> Recipients(string mail) =>
        Regex.Matches(mail, "(?m)^X-Rcpt-To: (.*)$").Select(match => match.Groups[1].Value);

    private static string Sent(Processes.ChildResult run)
    {
        Assert.True(run.Succeeded, run.Output.ToString());
        return run.Output.ToString();
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>send and a real mail server on the loopback interface: all mails or none, and none twice.</summary>
public sealed class SendTests : IDisposable
{
    private static readonly int Count = Sender.Mails;

    private readonly TempFolder _temp = new();
    private readonly Sender _sender;

    public SendTests()
    {
        LiteralKernel.Named().WriteTo(_temp.PathOf("tree"));
        _sender = new Sender(SmallRepository.Make(_temp.PathOf("tree"), _temp.PathOf("linux")), _temp.PathOf("out"));
        var made = _sender.Series();
        Assert.True(made.Succeeded, made.Output.ToString());
    }

    public void Dispose() => _temp.Dispose();

    private string Log(string branch) => Run.Git(_sender.Kernel, "log", "--format=%an %ae%n%B", $"base..{branch}");

    private string Journal => Path.Combine(_sender.Folder, "meta/sent");

    [Fact]
    public void What_arrives_is_one_thread_and_makes_the_tree_of_the_series()
    {
        using var server = new MailServer(_temp.PathOf("box"));
        Sent(_sender.Send(server));
        var mails = server.Mails;
        Assert.Equal(Count, mails.Count);
        var ids = mails.Select(mail => Sender.Header(mail, "Message-ID")).ToList();
        Assert.Equal(Count, ids.Distinct().Count());
        Assert.Equal("", Sender.Header(mails[0], "In-Reply-To"));
        Assert.All(
            mails.Skip(1),
            mail => Assert.Equal((ids[0], ids[0]), (Sender.Header(mail, "In-Reply-To"), Sender.Header(mail, "References"))));
        Assert.All(mails, mail => Assert.Contains("\nX-Rcpt-To: list@example.org\n", mail, StringComparison.Ordinal));
        Assert.All(mails, mail => Assert.Equal($"=?UTF-8?q?J=C3=B6rg=20=C5=81ukasz?= <{Sender.Mail}>", Sender.Header(mail, "From")));

        File.WriteAllText(_temp.PathOf("mbox"), Sender.Mbox(mails));
        Run.Git(_sender.Kernel, "checkout", "-q", "-b", "arrived", "base");
        Run.Git(_sender.Kernel, "am", "-q", "--empty=drop", _temp.PathOf("mbox"));
        Run.Git(_sender.Kernel, "checkout", "-q", "-b", "local", "base");
        Run.Git(_sender.Kernel, ["am", "-q", .. Directory.GetFiles(_sender.Folder, "*.patch").Order(StringComparer.Ordinal).Skip(1)]);
        Assert.Equal(Run.Git(_sender.Kernel, "rev-parse", "local^{tree}"), Run.Git(_sender.Kernel, "rev-parse", "arrived^{tree}"));
        Assert.Equal(Log("local"), Log("arrived"));

        var record = File.ReadAllText(Journal);
        Assert.Contains("\nto list@example.org\n", record, StringComparison.Ordinal);
        Assert.Contains("\nfinished ", record, StringComparison.Ordinal);
        Refused(_sender.Send(server), 3, "was sent at");
        Assert.Equal(Count, server.Mails.Count);
    }

    [Theory]
    [InlineData("takes mails of at most 50000 bytes", "--size", "50000")]
    [InlineData("refuses for list@example.org: 550", "--refuse", "list@example.org")]
    public void A_server_that_would_refuse_a_mail_gets_none(string message, params string[] faults)
    {
        using var server = new MailServer(_temp.PathOf("box"), faults);
        Refused(_sender.Send(server), 4, message);
        Assert.Empty(server.Mails);
        Assert.False(File.Exists(Journal));
    }

    /// <summary>The largest mail of the series is below what lists take; a server with this limit takes all.</summary>
    [Fact]
    public void A_server_that_takes_100000_bytes_gets_every_mail()
    {
        using var server = new MailServer(_temp.PathOf("box"), "--size", "100000");
        Sent(_sender.Send(server));
        Assert.Equal(Count, server.Mails.Count);
    }

    [Theory]
    [InlineData("--drop", 3, 128, 2)]
    [InlineData("--hang", 3, 128, 2)]
    [InlineData("--leave", 2, 128, 2)]
    [InlineData("--reject", 3, 4, 2)]
    [InlineData("--unknown", 3, 4, 2)]
    public void An_interrupted_sending_goes_on_and_sends_nothing_twice(string fault, int at, int exit, int taken)
    {
        using (var server = new MailServer(_temp.PathOf("box"), fault, $"{at}"))
        {
            Refused(_sender.Send(server, "--timeout", "3"), exit, $"{taken} of {Count} mails were sent", "--resume");
            Assert.Equal(taken, server.Mails.Count);
        }

        GoesOn(taken);
    }

    /// <summary>Nothing of the program runs any more: only what is on the disk knows what was sent.</summary>
    [Fact]
    public void A_killed_sending_goes_on_and_sends_nothing_twice()
    {
        using (var server = new MailServer(_temp.PathOf("box"), "--hang", "3"))
        {
            Run.Git(_sender.Kernel, "config", "sendemail.smtpServerPort", server.Port);
            // The third line "sent" never comes; the second says that the server took two.
            var run = RealProgram.Shell(
                """
                cd "$1"; "$k" send --net-next-open "$2" & pid=$!
                until [ "$(grep -c '^sent ' "$2/meta/sent" 2>/dev/null)" = 2 ]; do kill -0 $pid || exit 1; sleep 0.05; done
                kill -KILL $pid; wait $pid
                """,
                _sender.Kernel, _sender.Folder);
            Assert.Equal(137, run.ExitCode);
            Assert.Equal(2, server.Mails.Count);
        }

        GoesOn(2);
    }

    [Fact]
    public void A_server_that_never_says_a_word_gets_nothing()
    {
        using var server = new MailServer(_temp.PathOf("box"), "--mute");
        Refused(_sender.Send(server, "--timeout", "2"), 128, $"127.0.0.1:{server.Port}: cannot connect");
        Assert.False(File.Exists(Journal));
    }

    /// <summary>
    /// The server took it, and its answer was lost: nobody can know. The same Message-ID tells readers that it is the same mail.
    /// </summary>
    [Fact]
    public void A_mail_whose_answer_was_lost_is_sent_again_under_the_same_id()
    {
        using (var server = new MailServer(_temp.PathOf("box"), "--lose", "2"))
        {
            Refused(_sender.Send(server), 128, $"1 of {Count} mails were sent");
        }

        using var next = new MailServer(_temp.PathOf("next"));
        Sent(_sender.Send(next, "--resume"));
        Assert.Equal(
            Sender.Header(MailServer.MailsIn(_temp.PathOf("box"))[1], "Message-ID"),
            Sender.Header(next.Mails[0], "Message-ID"));
    }

    [Fact]
    public void A_series_that_changed_meanwhile_does_not_go_on()
    {
        using (var server = new MailServer(_temp.PathOf("box"), "--drop", "2"))
        {
            Refused(_sender.Send(server), 128);
        }

        File.WriteAllText(Path.Combine(_sender.Folder, "meta/cover"), "Another title\n\nwords\n");
        Assert.True(_sender.Command("verify", "--write", _sender.Folder).Succeeded);
        using var next = new MailServer(_temp.PathOf("next"));
        Refused(_sender.Send(next, "--resume"), 3, "not that of the interrupted sending");
        Assert.Empty(next.Mails);
    }

    [Fact]
    public void Reflected_and_previewed_mails_reach_nobody_else_and_are_not_recorded()
    {
        using var server = new MailServer(_temp.PathOf("box"));
        Sent(_sender.Send(server, "--reflect"));
        Assert.All(server.Mails, mail => Assert.Equal(Sender.Mail, Assert.Single(Recipients(mail))));
        Sent(_sender.Send(server, "--preview-to", "friend@example.org"));
        Assert.All(server.Mails.Skip(Count), mail => Assert.Equal("friend@example.org", Assert.Single(Recipients(mail))));
        Assert.All(server.Mails.Skip(Count), mail => Assert.Equal("friend@example.org", Sender.Header(mail, "To")));
        Assert.False(File.Exists(Journal));
    }

    [Fact]
    public void A_dry_run_connects_to_nothing()
    {
        var run = _sender.Send("1", "--dry-run");
        Assert.True(run.Succeeded, run.Output.ToString());
        Assert.Equal(Count, Regex.Count(run.Output.ToString(), "(?m)^not sent  <"));
        Assert.False(File.Exists(Journal));
    }

    [Fact]
    public void A_server_that_is_not_there_is_named() => Refused(_sender.Send("1"), 128, "127.0.0.1:1: cannot connect");

    [Fact]
    public void Without_a_server_the_setting_is_named()
    {
        Run.Git(_sender.Kernel, "config", "--unset", "sendemail.smtpServer");
        Refused(_sender.Command("send", "--net-next-open", _sender.Folder), 2, "sendemail.smtpServer is not set");
    }

    /// <summary>A program in the place of a server, as git send-email runs it.</summary>
    [Fact]
    public void A_sendmail_program_gets_each_mail()
    {
        var command = $"f() {{ cat >>'{_temp.PathOf("taken")}'; echo \"$@\" >>'{_temp.PathOf("words")}'; }}; f";
        Run.Git(_sender.Kernel, "config", "sendemail.sendmailCmd", command);
        Sent(_sender.Send("1"));
        Assert.Equal(Count, Regex.Count(File.ReadAllText(_temp.PathOf("taken")), "(?m)^Message-ID: "));
        Assert.Equal("-i list@example.org", File.ReadLines(_temp.PathOf("words")).First());
    }

    /// <summary>What the first server has not is sent to the next, in the same thread.</summary>
    private void GoesOn(int taken)
    {
        using var next = new MailServer(_temp.PathOf("next"));
        Refused(_sender.Send(next), 3, $"interrupted after {taken} of {Count} mails", "--resume");
        Assert.Empty(next.Mails);
        Sent(_sender.Send(next, "--resume"));
        var mails = MailServer.MailsIn(_temp.PathOf("box")).Concat(next.Mails).ToList();
        Assert.Equal(Count, mails.Count);
        Assert.Equal(Count, mails.Select(mail => Sender.Header(mail, "Message-ID")).Distinct().Count());
        Assert.All(mails.Skip(1), mail => Assert.Equal(Sender.Header(mails[0], "Message-ID"), Sender.Header(mail, "In-Reply-To")));
    }

    private static IEnumerable<string> Recipients(string mail) =>
        Regex.Matches(mail, "(?m)^X-Rcpt-To: (.*)$").Select(match => match.Groups[1].Value);

    private static void Sent(Processes.ChildResult run) => Assert.True(run.Succeeded, run.Output.ToString());

    private static void Refused(Processes.ChildResult run, int exit, params ReadOnlySpan<string> words)
    {
        var text = run.Output.ToString();
        Assert.True(run.ExitCode == exit, $"exit {run.ExitCode}: {text}");
        foreach (var word in words)
        {
            Assert.Contains(word, text, StringComparison.Ordinal);
        }
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>
/// The whole way of a series with real kernels: series, send, a mail server, an mbox, and back through git am, b4 and StGit
/// into one tree id; then the second revision, with a trailer from a reply, a change log and a range-diff.
/// </summary>
public sealed class WholeWayTests : IDisposable
{
    private const string Review = "Reviewed-by: R. Viewer <r@example.org>";
    private const string Ack = "Acked-by: Ümit <u@example.org>";

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("6.12")]
    [InlineData("7.3")]
    public void A_series_of_a_sender_with_a_name_outside_ASCII_arrives_whole(string version)
    {
        Skip.Without("stg");
        Skip.Without("b4");
        var sender = new Sender(SmallRepository.Make(RealKernels.Pristine(version), _temp.PathOf("linux")), _temp.PathOf("out"));
        Done(sender.Series("--cc-maintainers"));
        var first = Send(sender, "first", sender.Folder, "--tree", sender.Kernel + "@base");
        Done(sender.Command("commit", "-s", "-b", "commits", sender.Kernel + "@base"));
        ArrivesAs("commits", "v1", sender, first);

        // One answers the second patch, one the cover letter; the first patch changes in the second revision.
        File.WriteAllText(_temp.PathOf("replies"), Reply(first[2], "R. Viewer <r@example.org>", Review)
            + Reply(first[0], "=?UTF-8?q?=C3=9Cmit?= <u@example.org>", Ack));
        string[] maintainers = ["--maintainer", $"{Sender.Name} <{Sender.Mail}>", "--maintainer", "Other <other@example.org>"];
        var made = Done(sender.Series(["-v", "2", "--cc-maintainers", "--trailers-from", _temp.PathOf("replies"), .. maintainers]));
        Assert.Contains($"changed since it was answered; dropped '{Ack}'", made, StringComparison.Ordinal);
        var folder = sender.Folder + "-v2";
        File.WriteAllText(folder + "/meta/changes.v2", "- another maintainer\n");
        Done(sender.Command("verify", "--write", folder));
        var second = Send(sender, "second", folder, "--override", "pause");

        Assert.Equal("", Sender.Header(second[0], "In-Reply-To"));
        var link = Sender.Header(first[0], "Message-ID").Trim('<', '>');
        var changes = $"Changes since v1 (https://lore.kernel.org/r/{link}):\n- another maintainer\n";
        Assert.Contains(changes, second[0], StringComparison.Ordinal);
        var diff = second[0].Split("Range-diff against v1:\n")[1];
        Assert.Contains("++M:\tOther <other@example.org>\n", diff, StringComparison.Ordinal);
        Assert.Contains($"    +    {Review}\n", diff, StringComparison.Ordinal);
        Done(sender.Command(["commit", "-s", "-b", "commits2", .. maintainers, sender.Kernel + "@base"]));
        ArrivesAs("commits2", "v2", sender, second);
        const string format = "--format=%(trailers:key=Reviewed-by,key=Acked-by,separator=%x2C)";
        var log = Run.Result("git", sender.Kernel, "log", "--reverse", format, "base..v2-am");
        string[] expected = ["", $"{Review},{Ack}", .. Enumerable.Repeat(Ack, Sender.Patches - 2)];
        Assert.Equal(expected, log.Output.ToString().TrimEnd('\n').Split('\n'));
    }

    private IReadOnlyList<string> Send(Sender sender, string box, string folder, params string[] words)
    {
        using var server = new MailServer(_temp.PathOf(box), "--size", "100000");
        Run.Git(sender.Kernel, "config", "sendemail.smtpServerPort", server.Port);
        var sent = Done(sender.Command(["send", "--net-next-open", .. words, folder]));
        if (words.Contains("--tree"))
        {
            Assert.Matches("(?m)^ok       kernel-doc +no findings in [1-9]", sent);
            Assert.Matches("(?m)^(ok|warning) +checkpatch +.*findings", sent);
        }

        return server.Mails;
    }

    /// <summary>Every way makes the tree of a branch.</summary>
    private void ArrivesAs(string branch, string name, Sender sender, IReadOnlyList<string> mails)
    {
        var mbox = _temp.PathOf(name + ".mbox");
        File.WriteAllText(mbox, Sender.Mbox(mails));
        var expected = TreeOf(sender, branch);
        Assert.Equal(expected, Arrived(sender, name + "-am", "git", "am", "-q", "--empty=drop", mbox));

        // stg import makes a patch of each mail, and a cover letter is none.
        var patches = _temp.PathOf(name + ".patches");
        File.WriteAllText(patches, Sender.Mbox(mails.Skip(1)));
        Assert.Equal(expected, Arrived(sender, name + "-stgit", "sh", "-c", $"stg init && stg import -m '{patches}'"));

        // b4 0.12 stops at a subject of two lines, also in a mail of git format-patch.
        var unfolded = _temp.PathOf(name + ".unfolded");
        File.WriteAllText(unfolded, Regex.Replace(File.ReadAllText(mbox), "(?m)^(Subject: .*)\n[ \t]", "$1 "));
        string[] b4 = ["--no-stdin", "--offline-mode"];
        Assert.Equal(expected, Arrived(sender, name + "-shazam", "b4", [.. b4, "shazam", "-C", "-m", unfolded]));
        var folder = Directory.CreateDirectory(_temp.PathOf(name + "-b4")).FullName;
        Run.Program("b4", sender.Kernel, [.. b4, "am", "-C", "-m", unfolded, "-o", folder]);
        var fromB4 = Directory.GetFiles(folder, "*.mbx").Single();
        Assert.Equal(expected, Arrived(sender, name + "-b4", "git", "am", "-q", fromB4));
    }

    private static string Reply(string mail, string from, string trailer) =>
        $"From x Thu Jan  1 00:00:00 2026\nFrom: {from}\nMessage-ID: <{Guid.NewGuid():N}@example.org>\nSubject: Re: [PATCH]\n"
            + $"In-Reply-To: {Sender.Header(mail, "Message-ID")}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
            + $"Content-Transfer-Encoding: 8bit\n\n> quoted\n> Tested-by: Nobody <n@example.org>\n\n{trailer}\n\n";

    private static string Arrived(Sender sender, string branch, string program, params string[] words)
    {
        Run.Git(sender.Kernel, "checkout", "-q", "-b", branch, "base");
        Run.Program(program, sender.Kernel, words);
        return TreeOf(sender, branch);
    }

    private static string TreeOf(Sender sender, string branch) => Run.Git(sender.Kernel, "rev-parse", branch + "^{tree}").Trim();

    private static string Done(Processes.ChildResult run)
    {
        Assert.True(run.Succeeded, run.Output.ToString());
        return run.Output.ToString();
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>The trailers that come in replies to a series, and what becomes of them in its next revisions.</summary>
public sealed class RerollTests : IDisposable
{
    private const string Review = "Reviewed-by: R. Viewer <r@example.org>";
    private const string Ack = "Acked-by: Ümit <u@example.org>";

    private readonly TempFolder _temp = new();
    private readonly Sender _sender;
    private readonly List<string> _box = [];

    public RerollTests()
    {
        LiteralKernel.Named().WriteTo(_temp.PathOf("tree"));
        _sender = new Sender(SmallRepository.Make(_temp.PathOf("tree"), _temp.PathOf("linux"), allKconfig: true), _temp.PathOf("out"));
        Done(_sender.Series());
        WriteRecord();
    }

    public void Dispose() => _temp.Dispose();

    private string Next => _sender.Folder + "-v2";

    [Fact]
    public void A_trailer_goes_to_the_patch_that_was_answered_and_stays_through_later_revisions()
    {
        Answer("id-2@example.org", "R. Viewer <r@example.org>", $"> quoted\n\n{Review}\n");
        Answer("id-0@example.org", "=?UTF-8?q?=C3=9Cmit?= <u@example.org>", Ack + "\n");
        var run = Reroll();
        Assert.Contains($"  more-tests: {Ack}, in <reply-", run, StringComparison.Ordinal);
        Assert.DoesNotContain("warning: '", run, StringComparison.Ordinal);
        Assert.Equal(AckedAndSecondReviewed(), Trailers(Next));
        Assert.Contains($"\n{Ack}\nSigned-off-by: {Sender.Name} <{Sender.Mail}>\n---\n", Patch(Next, 1), StringComparison.Ordinal);
        Assert.True(_sender.Command("verify", Next).Succeeded);
        var diff = File.ReadAllText(Path.Combine(Next, "v2-0000-cover-letter.patch")).Split("Range-diff against v1:\n")[1];
        Assert.Contains($"    +    {Review}\n", diff, StringComparison.Ordinal);

        // The third revision has them from the second, without the mailbox.
        Done(_sender.Series("-v", "3"));
        Assert.Equal(Trailers(Next), Trailers(_sender.Folder + "-v3"));
    }

    [Fact]
    public void A_trailer_is_dropped_with_a_message_where_its_patch_changed()
    {
        Answer("id-0@example.org", "R. Viewer <r@example.org>", Review + "\n");
        Reroll();
        // Another M: line is another first patch; the others stay.
        var run = Done(_sender.Series("-v", "3", "--maintainer", "Other <other@example.org>"));
        Assert.Contains(
            "warning: 'ksocket: add BSD-style socket calls for kernel code' changed since it was answered; "
                + $"dropped '{Review}' of <reply-1@",
            run,
            StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(2, Sender.Patches - 1), Trailers(_sender.Folder + "-v3").Select(one => one.Number));
        var replies = File.ReadAllText(_sender.Folder + "-v3/meta/replies");
        Assert.DoesNotContain("\ndriver ", replies, StringComparison.Ordinal);
        Assert.Contains("\ntests ", replies, StringComparison.Ordinal);
    }

    /// <summary>The patches of a driver of the user have no topic of ours; their trailers are the sender's to copy.</summary>
    [Fact]
    public void A_trailer_for_the_driver_of_the_user_is_not_given_to_ksocket()
    {
        var own = _temp.PathOf("kmine");
        Done(_sender.Command("new", own));
        Directory.Delete(_sender.Folder, recursive: true);
        Done(_sender.Series("--with", own));
        WriteRecord();
        Answer($"id-{Sender.Patches + 1}@example.org", "R. Viewer <r@example.org>", Review + "\n");
        Reroll("--with", own);
        Assert.Empty(Trailers(Next));
    }

    /// <summary>Made again, the second revision is there, too; the reply was to the first.</summary>
    [Fact]
    public void What_was_dropped_stays_dropped_when_the_same_revision_is_made_again()
    {
        Answer("id-0@example.org", "R. Viewer <r@example.org>", Review + "\n");
        for (var time = 0; time < 2; time++)
        {
            Assert.Contains("dropped '" + Review, Reroll("--maintainer", "Other <other@example.org>"), StringComparison.Ordinal);
            Assert.Equal(Enumerable.Range(2, Sender.Patches - 1), Trailers(Next).Select(one => one.Number));
        }
    }

    [Fact]
    public void A_trailer_of_another_person_is_taken_only_if_asked_for()
    {
        Answer("id-2@example.org", "Somebody <s@example.org>", Review + "\n");
        Assert.Contains(
            $"warning: '{Review}' is in <reply-1@example.org>, a mail of Somebody <s@example.org>: not taken; --sloppy-trailers takes it",
            Reroll(),
            StringComparison.Ordinal);
        Assert.Empty(Trailers(Next));
        Assert.Contains($"warning: '{Review}' is in <reply-1@example.org>", Reroll("--sloppy-trailers"), StringComparison.Ordinal);
        Assert.Equal([(2, Review)], Trailers(Next));
    }

    [Fact]
    public void A_trailer_from_another_address_of_the_same_person_is_taken()
    {
        Answer("id-2@example.org", "R. Viewer <r@home.example>", Review + "\n");
        Reroll();
        Assert.Equal([(2, Review)], Trailers(Next));
    }

    [Fact]
    public void A_reply_to_a_reply_answers_the_patch()
    {
        Answer("id-3@example.org", "R. Viewer <r@example.org>", "Why?\n");
        Answer("reply-1@example.org", "R. Viewer <r@example.org>", "I see.\n\n" + Review + "\n");
        Reroll();
        Assert.Equal([(3, Review)], Trailers(Next));
    }

    /// <summary>As mail programs send it: another character set, encoded, and with a part in HTML beside the text.</summary>
    [Fact]
    public void A_reply_is_decoded()
    {
        _box.Add("""
            From: =?ISO-8859-1?Q?=DCmit?= <u@example.org>
            Message-ID: <reply@example.org>
            In-Reply-To: <id-2@example.org>
            Subject: Re: [PATCH] x
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary="x"

            --x
            Content-Type: text/plain; charset=iso-8859-1
            Content-Transfer-Encoding: quoted-printable

            Acked-by: =DCmit <u@example.org>
            --x
            Content-Type: text/html

            <p>Reviewed-by: Ümit &lt;u@example.org&gt;</p>
            --x--

            """);
        Reroll();
        Assert.Equal([(2, Ack)], Trailers(Next));
    }

    [Fact]
    public void Replies_of_a_maildir_are_read()
    {
        Answer("id-2@example.org", "R. Viewer <r@example.org>", Review + "\n");
        Directory.CreateDirectory(_temp.PathOf("maildir/cur"));
        Directory.CreateDirectory(_temp.PathOf("maildir/new"));
        File.WriteAllText(_temp.PathOf("maildir/new/1"), _box[0]);
        Done(_sender.Series("-v", "2", "--trailers-from", _temp.PathOf("maildir")));
        Assert.Equal([(2, Review)], Trailers(Next));
    }

    /// <summary>Without a record: the box has the mails as another program sent them, under its own Message-IDs.</summary>
    [Fact]
    public void A_series_that_another_program_sent_is_known_by_patch_id()
    {
        File.Delete(Path.Combine(_sender.Folder, "meta/sent"));
        foreach (var (at, file) in Directory.GetFiles(_sender.Folder, "*.patch").Order(StringComparer.Ordinal).Index())
        {
            var mail = File.ReadAllText(file).Split('\n', 2)[1];
            _box.Add($"Message-ID: <git-{at}@example.org>\n" + (at > 0 ? "In-Reply-To: <git-0@example.org>\n" : "") + mail);
        }

        Answer("git-2@example.org", "R. Viewer <r@example.org>", Review + "\n");
        Answer("git-0@example.org", "=?UTF-8?q?=C3=9Cmit?= <u@example.org>", Ack + "\n");
        Reroll();
        Assert.Equal(AckedAndSecondReviewed(), Trailers(Next));
    }

    [Fact]
    public void A_box_without_an_answer_is_said_to_be_one()
    {
        Answer("other@example.org", "R. Viewer <r@example.org>", Review + "\n");
        var warning = $"warning: {_temp.PathOf("mbox")} has 1 mails, and none answers a mail of ";
        Assert.Contains(warning, Reroll(), StringComparison.Ordinal);
        Assert.Empty(Trailers(Next));
    }

    [Theory]
    [InlineData("nothing", "cannot read")]
    [InlineData("tree", "without cur and new")]
    [InlineData("binary", "is not one")]
    public void What_holds_no_mail_is_refused_and_nothing_is_written(string name, string message)
    {
        File.WriteAllText(_temp.PathOf("binary"), "\0\u0001\u0002");
        var run = _sender.Series("-v", "2", "--trailers-from", _temp.PathOf(name));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Output.ToString(), StringComparison.Ordinal);
        Assert.Contains(_temp.PathOf(name), run.Output.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Next));
    }

    [Fact]
    public void A_file_of_replies_that_cannot_be_read_is_named_with_its_line()
    {
        File.WriteAllText(Path.Combine(_sender.Folder, "meta/replies"), "# ksocket-intree replies, format 1\ndriver 12 x Reviewed-by: R\n");
        var run = _sender.Command("verify", _sender.Folder);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("meta/replies:2: 'driver 12 x Reviewed-by: R' is not", run.Output.ToString(), StringComparison.Ordinal);
    }

    /// <summary>What the sender wrote beside the first revision is in the next.</summary>
    [Fact]
    public void The_texts_of_the_sender_go_with_the_next_revision()
    {
        File.WriteAllText(Path.Combine(_sender.Folder, "meta/trailers.driver"), Review + "\n");
        File.WriteAllText(Path.Combine(_sender.Folder, "meta/notes.driver"), "My note.\n");
        File.WriteAllText(Path.Combine(_sender.Folder, "meta/cover"), "My title\n\nMy words.\n");
        Done(_sender.Command("verify", "--write", _sender.Folder));
        Done(_sender.Series("-v", "2"));
        Assert.Equal([(1, Review)], Trailers(Next));
        Assert.Contains("\n---\nMy note.\n", Patch(Next, 1), StringComparison.Ordinal);
        Assert.Contains("] My title\n", File.ReadAllText(Path.Combine(Next, "v2-0000-cover-letter.patch")), StringComparison.Ordinal);
    }

    private string Reroll(params string[] words)
    {
        File.WriteAllText(_temp.PathOf("mbox"), string.Concat(_box.Select(mail => "From x Thu Jan  1 00:00:00 2026\n" + mail + "\n")));
        return Done(_sender.Series(["-v", "2", "--trailers-from", _temp.PathOf("mbox"), .. words]));
    }

    private void Answer(string parent, string from, string body) => _box.Add(
        $"From: {from}\nMessage-ID: <reply-{_box.Count + 1}@example.org>\nIn-Reply-To: <{parent}>\nSubject: Re: [PATCH] x\n"
            + $"MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n\n{body}");

    /// <summary>As send writes it: patch N has the Message-ID id-N, and the cover letter id-0.</summary>
    private void WriteRecord()
    {
        var mails = Directory.GetFiles(_sender.Folder, "*.patch").Order(StringComparer.Ordinal).Select(Path.GetFileName);
        var lines = mails.Select((file, at) => $"mail id-{at}@example.org {file}\n");
        File.WriteAllText(
            Path.Combine(_sender.Folder, "meta/sent"),
            "# ksocket-intree sending, format 1\nstarted 2026-01-01T00:00:00Z\ndigest x\nsender A <a@example.org>\n"
                + string.Concat(lines) + "finished 2026-01-01T00:00:00Z\n");
    }

    /// <summary>The trailers of replies in the patches of a folder.</summary>
    private static IReadOnlyList<(int Number, string Line)> Trailers(string folder) =>
    [
        .. from number in Enumerable.Range(1, Sender.Patches)
           from line in Patch(folder, number).Split("\n---\n")[0].Split('\n')
           where line == Review || line == Ack
           select (number, line),
    ];

    private static IEnumerable<(int Number, string Line)> AckedAndSecondReviewed() =>
        Enumerable.Range(1, Sender.Patches).SelectMany(
            number => number == 2 ? ((int, string)[])[(number, Review), (number, Ack)] : [(number, Ack)]);

    private static string Patch(string folder, int number) =>
        File.ReadAllText(Directory.GetFiles(folder, $"*00{number:00}-*.patch").Single());

    private static string Done(Processes.ChildResult run)
    {
        Assert.True(run.Succeeded, run.Output.ToString());
        return run.Output.ToString();
    }
}

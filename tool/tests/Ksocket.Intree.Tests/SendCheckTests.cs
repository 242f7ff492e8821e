// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>Each check of send fails on a fault that is made for it: exit 4, the check is named, and nothing is sent.</summary>
public sealed class SendCheckTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly Sender _sender;

    public SendCheckTests()
    {
        var tree = _temp.PathOf("tree");
        LiteralKernel.Named().WriteTo(tree);
        File.AppendAllText(Path.Combine(tree, "MAINTAINERS"), """

            ZZ LAST
            M:	Wanted <wanted@example.org>
            S:	Maintained
            F:	drivers/Kconfig

            """);
        _sender = new Sender(SmallRepository.Make(tree, _temp.PathOf("linux")), _temp.PathOf("out"));
    }

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_patch_that_was_edited_is_not_fresh()
    {
        Make();
        Edit(PatchFile("0001-"), "+obj-$(CONFIG_KSOCKET)\t+= ksocket.o", "+obj-y += ksocket.o");
        Refused("fresh");
    }

    [Fact]
    public void The_subjects_name_a_tree()
    {
        Make("--subject-prefix", "PATCH");
        Refused("tree");
        Refused("tree", "--list-prefix", "mm");
        Assert.DoesNotContain("refusal  tree", DryRun("--list-prefix", "PATCH"), StringComparison.Ordinal);
    }

    [Fact]
    public void Three_patches_need_a_cover_letter()
    {
        string[] words = ["-s", "--subject-prefix", "PATCH net", "--to", "a@example.org", "-o", _sender.Folder];
        var run = _sender.Command(["series", .. words, _sender.Kernel + "@base"]);
        Assert.True(run.Succeeded, run.Output.ToString());
        Refused("cover");
    }

    [Fact]
    public void A_text_still_to_be_written()
    {
        Make();
        File.WriteAllText(Meta("cover"), "*** SUBJECT HERE ***\n\nwords\n");
        Assert.True(_sender.Command("verify", "--write", _sender.Folder).Succeeded);
        Refused("text");
    }

    [Fact]
    public void A_mail_that_is_too_long_for_lists()
    {
        Make();
        File.WriteAllText(Meta("notes.tests"), string.Concat(Enumerable.Repeat("a line of a very long note below the line\n", 1000)));
        Assert.True(_sender.Command("verify", "--write", _sender.Folder).Succeeded);
        Refused("size");
    }

    [Fact]
    public void An_author_who_did_not_sign_off()
    {
        Make("--author", "Other <other@example.org>");
        Refused("sign-off");
    }

    [Fact]
    public void An_author_whom_nobody_can_answer()
    {
        Make("--author", "Other <other@example.invalid>");
        Refused("author");
    }

    [Fact]
    public void A_recipient_whom_MAINTAINERS_names()
    {
        string[] tree = ["--tree", _sender.Kernel + "@base"];
        Make("--cc-maintainers", "--drop", "wanted@example.org");
        var refused = Refused("recipients", tree);
        Assert.Contains("1 missing: Wanted <wanted@example.org>, maintainer of ZZ LAST (Maintained)", refused, StringComparison.Ordinal);
        Assert.Contains("ok       recipients", DryRun([.. tree, "--drop", "wanted@example.org"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_in_another_encoding()
    {
        Make();
        var patch = PatchFile("0001-");
        File.WriteAllText(patch, File.ReadAllText(patch).Replace("Content-Transfer-Encoding: 8bit\n", "", StringComparison.Ordinal));
        Refused("encoding");
    }

    [Fact]
    public void A_base_that_is_not_the_tree()
    {
        Make();
        Run.Git(_sender.Kernel, "commit", "-q", "--allow-empty", "-m", "more");
        Refused("base", "--tree", _sender.Kernel + "@HEAD");
    }

    [Fact]
    public void A_proof_that_does_not_show_each_patch()
    {
        Make();
        Proof("built in", DriverSource.Bundled.Hash);
        Refused("builds", "--proof", _temp.PathOf("proof"));
        Proof("each patch", new string('0', 64));
        Refused("builds", "--proof", _temp.PathOf("proof"));
        Proof("each patch", DriverSource.Bundled.Hash);
        Assert.Contains("ok       builds", DryRun("--proof", _temp.PathOf("proof")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_revision_that_does_not_say_what_changed()
    {
        Make("-v", "2");
        Refused(_sender.Folder + "-v2", "changes");
        File.WriteAllText(_sender.Folder + "-v2/meta/changes.v2", "- less code\n");
        Assert.True(_sender.Command("verify", "--write", _sender.Folder + "-v2").Succeeded);
        var run = _sender.Command("send", "--dry-run", "--net-next-open", _sender.Folder + "-v2");
        Assert.Contains("warning  changes", run.Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_revision_on_the_day_of_the_one_before_which_is_linked()
    {
        Make();
        using var server = new MailServer(_temp.PathOf("box"));
        Assert.True(_sender.Send(server).Succeeded);
        Make("-v", "2");
        var folder = _sender.Folder + "-v2";
        File.WriteAllText(folder + "/meta/changes.v2", "- less code\n");
        Assert.True(_sender.Command("verify", "--write", folder).Succeeded);
        Refused(folder, "pause");
        var id = Sender.Header(server.Mails[0], "Message-ID").Trim('<', '>');
        var cover = File.ReadAllText(folder + "/v2-0000-cover-letter.patch");
        Assert.Contains($"Changes since v1 (https://lore.kernel.org/r/{id}):\n- less code\n", cover, StringComparison.Ordinal);
        Run.Git(_sender.Kernel, "config", "sendemail.smtpServerPort", server.Port);
        var sent = _sender.Command("send", "--net-next-open", "--override", "pause", folder);
        Assert.True(sent.Succeeded, sent.Output.ToString());
        Assert.Equal("", Sender.Header(server.Mails[6], "In-Reply-To"));
    }

    [Fact]
    public void Net_next_may_be_closed()
    {
        Make();
        var run = _sender.Command("send", "--dry-run", _sender.Folder);
        Assert.Equal(4, run.ExitCode);
        Assert.Contains("refusal  open", run.Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_check_that_does_not_exist_cannot_be_overridden()
    {
        Make();
        var run = _sender.Command("send", "--dry-run", "--override", "nothing", _sender.Folder);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("there is no check 'nothing'", run.Output.ToString(), StringComparison.Ordinal);
    }

    private void Make(params string[] words)
    {
        var made = _sender.Series(words);
        Assert.True(made.Succeeded, made.Output.ToString());
    }

    private string Refused(string check, params string[] words) => Path.IsPathRooted(check)
        ? RefusedIn(check, words[0], words[1..])
        : RefusedIn(_sender.Folder, check, words);

    private string RefusedIn(string folder, string check, string[] words)
    {
        using var server = new MailServer(_temp.PathOf("box"));
        var before = server.Mails.Count;
        Run.Git(_sender.Kernel, "config", "sendemail.smtpServerPort", server.Port);
        var run = _sender.Command(["send", "--net-next-open", .. words, folder]);
        var text = run.Output.ToString();
        Assert.True(run.ExitCode == 4, $"exit {run.ExitCode}: {text}");
        Assert.Contains($"refusal  {check} ", text, StringComparison.Ordinal);
        Assert.Contains("nothing was sent", text, StringComparison.Ordinal);
        Assert.Equal(before, server.Mails.Count);
        return text;
    }

    private string DryRun(params string[] words) =>
        _sender.Command(["send", "--dry-run", "--net-next-open", .. words, _sender.Folder]).Output.ToString();

    private string PatchFile(string start) => Directory.GetFiles(_sender.Folder, start + "*").Single();

    private string Meta(string name) => Path.Combine(_sender.Folder, "meta", name);

    private static void Edit(string file, string old, string other)
    {
        var text = File.ReadAllText(file);
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllText(file, text.Replace(old, other, StringComparison.Ordinal));
    }

    private void Proof(string form, string driver) => File.WriteAllText(_temp.PathOf("proof"), $$"""
        {"proven":true,"complete":true,"refused":[],"proofs":[{"tree":"t","version":"6.12.107","arch":"um","debug":false,
        "form":"{{form}}","proven":true,"seconds":1,"cpuSeconds":1,"steps":[],"talk":[],"log":"",
        "driver":"{{driver}}","cases":0,"settings":[],"booted":true}]}
        """);
}

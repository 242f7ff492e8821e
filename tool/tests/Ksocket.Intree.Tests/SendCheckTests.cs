// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>What the checks of send say, and what a sender can answer. <see cref="SendFaultTests"/> has a fault for each.</summary>
public sealed class SendCheckTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly Sender _sender;

    public SendCheckTests() => _sender = FaultySeries.SenderIn(_temp);

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void The_subjects_name_a_tree()
    {
        Make("--subject-prefix", "PATCH");
        Refused("tree");
        Refused("tree", "--list-prefix", "mm");
        Assert.DoesNotContain("refusal  tree", DryRun("--list-prefix", "PATCH"), StringComparison.Ordinal);
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
        Assert.Equal("", Sender.Header(server.Mails[Sender.Mails], "In-Reply-To"));
    }

    /// <summary>The driver has such declarations, so that each further one must be counted.</summary>
    [Fact]
    public void A_declaration_out_of_order_is_counted()
    {
        Make();
        var before = Counted();
        var patch = Directory.GetFiles(_sender.Folder, "0001-*").Single();
        File.AppendAllText(patch, "diff --git a/x.c b/x.c\n+++ b/x.c\n+{\n+\tint a;\n+\tunsigned long longer;\n");
        Assert.Equal(before + 1, Counted());

        int Counted() => System.Text.RegularExpressions.Regex.Match(DryRun(), "xmas-tree +([0-9]+) declarations") is { Success: true } found
            ? int.Parse(found.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)
            : 0;
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

    private void Proof(string form, string driver) => File.WriteAllText(_temp.PathOf("proof"), $$"""
        {"proven":true,"complete":true,"refused":[],"proofs":[{"tree":"t","version":"6.12.107","arch":"um","debug":false,
        "form":"{{form}}","proven":true,"seconds":1,"cpuSeconds":1,"steps":[],"talk":[],"log":"",
        "driver":"{{driver}}","cases":0,"settings":[],"booted":true}]}
        """);
}

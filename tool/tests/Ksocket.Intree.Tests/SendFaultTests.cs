// SPDX-License-Identifier: GPL-2.0-only
using System.Text.Json;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>Each check of send refuses a fault that is made for it: exit 4, the check is named, and nothing is sent.</summary>
public sealed class SendFaultTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    public static TheoryData<string> Names() => [.. SendFaults.All.Select(fault => fault.ToString())];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_fault_is_refused_and_nothing_is_sent(string name)
    {
        var fault = SendFaults.All.Single(fault => fault.ToString() == name);
        if (fault.Check is "checkpatch" or "kernel-doc")
        {
            Skip.Without("perl");
        }

        var series = new FaultySeries(_temp);
        fault.Seed(series);
        using var server = new MailServer(_temp.PathOf("box"));
        Run.Git(series.Sender.Kernel, "config", "sendemail.smtpServerPort", server.Port);
        var run = series.Sender.Command(["send", .. series.Words, series.Folder]);
        var text = run.Output.ToString();
        Assert.True(run.ExitCode == 4, $"exit {run.ExitCode}: {text}");
        Assert.Contains($"refusal  {fault.Check} ", text, StringComparison.Ordinal);
        Assert.Contains("nothing was sent", text, StringComparison.Ordinal);
        Assert.Empty(server.Mails);
        Assert.False(File.Exists(series.Meta("sent")));

        // It is this check that refuses: without it the others decide alone.
        var other = series.Sender.Command(["send", "--dry-run", "--override", fault.Check, .. series.Words, series.Folder]);
        Assert.DoesNotContain($"refusal  {fault.Check} ", other.Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void There_is_a_fault_for_each_check()
    {
        Assert.Equal(
            Checks(new FaultySeries(_temp)).Keys.Order(StringComparer.Ordinal),
            SendFaults.All.Select(fault => fault.Check).Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>The series without a fault: no check refuses it, so each of the faults is what its check finds.</summary>
    [Fact]
    public void No_check_refuses_the_series_without_a_fault() =>
        Assert.DoesNotContain("refusal", Checks(new FaultySeries(_temp)).Values);

    /// <summary>A declaration out of order is a warning, so the test above would not find one of the driver's own.</summary>
    [Fact]
    public void The_declarations_of_the_driver_are_in_order() =>
        Assert.Equal("ok", Checks(new FaultySeries(_temp))["xmas-tree"]);

    /// <summary>The verdict of each check on a series without a fault.</summary>
    private static Dictionary<string, string> Checks(FaultySeries series)
    {
        series.Make();
        var run = series.Sender.Command(["--json", "send", "--dry-run", .. series.Words, series.Folder]);
        var text = run.Output.ToString();
        var json = JsonDocument.Parse(text[text.IndexOf('{', StringComparison.Ordinal)..(text.LastIndexOf('}') + 1)]).RootElement;
        return json.GetProperty("checks").EnumerateArray().ToDictionary(
            check => check.GetProperty("check").GetString()!,
            check => check.GetProperty("verdict").GetString()!);
    }
}

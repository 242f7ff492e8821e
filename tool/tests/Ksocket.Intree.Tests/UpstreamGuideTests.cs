// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>Runs every command of tool/docs/upstream.md, in its order, in a repository with a real kernel.</summary>
public sealed partial class UpstreamGuideTests : IDisposable
{
    private const string NetNext = "https://git.kernel.org/pub/scm/linux/kernel/git/netdev/net-next.git";

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Every_command_works()
    {
        var kernel = SmallRepository.Make(RealKernels.Pristine("7.3"), _temp.PathOf("server"));
        var linux = Directory.CreateDirectory(_temp.PathOf("linux")).FullName;
        Run.Git(linux, "init", "-q");
        Configure(linux, ("user.name", Sender.Name), ("user.email", Sender.Mail), ($"url.{kernel}.insteadOf", NetNext));
        using var server = new MailServer(_temp.PathOf("box"), "--size", "100000");
        var commands = Commands();
        Assert.Equal(14, commands.Count);
        foreach (var command in commands)
        {
            Prepare(command, linux, server);
            // The editor adds a line, as a person would.
            var run = new Child("bash", ["-c", $"ksocket-intree() {{ '{RealProgram.Managed}' \"$@\"; }}; set -e; {command}"])
            {
                Folder = linux,
                Environment = new Dictionary<string, string?>
                {
                    ["EDITOR"] = Editor(),
                    ["GIT_CONFIG_GLOBAL"] = "/dev/null",
                    ["KSOCKET_INTREE_TRACE"] = null,
                },
            }.Run();
            Assert.True(run.Succeeded, $"{command}\n{run.Output}");
        }

        // To oneself, to the list, and the second revision.
        Assert.Equal(3 * Sender.Mails, server.Mails.Count);
        var cover = server.Mails[2 * Sender.Mails];
        Assert.Contains("\nChanges since v1 (https://lore.kernel.org/r/", cover, StringComparison.Ordinal);
        Assert.Contains("\nRange-diff against v1:\n", cover, StringComparison.Ordinal);
        Assert.Contains("\nReviewed-by: R <r@example.org>\nSigned-off-by: ", server.Mails[2 * Sender.Mails + 1], StringComparison.Ordinal);
    }

    /// <summary>What happens meanwhile outside: a proof is made, somebody answers, a day passes.</summary>
    private void Prepare(string command, string linux, MailServer server)
    {
        if (command.StartsWith("ksocket-intree send", StringComparison.Ordinal))
        {
            Configure(linux, ("sendemail.smtpServer", "127.0.0.1"), ("sendemail.smtpServerPort", server.Port));
            Configure(linux, ("sendemail.smtpDomain", "localhost"));
        }

        if (command.Contains("--proof", StringComparison.Ordinal) && !File.Exists(_temp.PathOf("proof.json")))
        {
            File.WriteAllText(_temp.PathOf("proof.json"), Proof(linux));
        }

        if (command.Contains("--trailers-from", StringComparison.Ordinal))
        {
            var first = Sender.Header(server.Mails[Sender.Mails], "Message-ID");
            File.WriteAllText(_temp.PathOf("replies.mbox"),
                "From x Thu Jan  1 00:00:00 2026\nFrom: R <r@example.org>\nMessage-ID: <r@example.org>\nSubject: Re: [PATCH]\n"
                    + $"In-Reply-To: {first}\n\nReviewed-by: R <r@example.org>\n\n");
            var record = _temp.PathOf("outgoing/meta/sent");
            File.WriteAllText(record, Started().Replace(File.ReadAllText(record), "started 2026-01-01T00:00:00Z", 1));
        }
    }

    private string Editor()
    {
        var editor = _temp.PathOf("editor");
        File.WriteAllText(editor, "#!/bin/sh\necho '- The user is in another series.' >>\"$1\"\n");
        File.SetUnixFileMode(editor, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return editor;
    }

    private static string Proof(string linux)
    {
        var probe = new Child(RealProgram.Managed, ["--json", "probe", linux + "@net-next/main"]).Run().Output.ToString();
        var version = Version().Match(probe).Groups[1].Value;
        return $$"""
            {"proven":true,"complete":true,"refused":[],"proofs":[{"tree":"t","version":"{{version}}","arch":"um","debug":false,
            "form":"each patch","proven":true,"seconds":1,"cpuSeconds":1,"steps":[],"talk":[],"log":"",
            "driver":"{{DriverSource.Bundled.Hash}}","cases":0,"settings":[],"booted":true}]}
            """;
    }

    /// <summary>The lines of the shell blocks. prove --each-patch takes minutes; a written proof stands for it.</summary>
    private static List<string> Commands() =>
    [
        .. from Match block in Block().Matches(File.ReadAllText(Repository.PathOf("tool/docs/upstream.md")))
           from line in block.Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)
           where !line.StartsWith("ksocket-intree prove --each-patch ", StringComparison.Ordinal)
           select line,
    ];

    private static void Configure(string repository, params (string Name, string Value)[] settings)
    {
        foreach (var (name, value) in settings)
        {
            Run.Git(repository, "config", name, value);
        }
    }

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("\"version\": *\"([^\"]+)\"")]
    private static partial Regex Version();

    [GeneratedRegex("started .*")]
    private static partial Regex Started();
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>The hook sendemail-validate of the repository from which a series is sent (githooks(5)).</summary>
public sealed class ValidateHookTests : IDisposable
{
    private const StringComparison Ordinal = StringComparison.Ordinal;

    private readonly TempFolder _temp = new();
    private readonly Sender _sender;

    public ValidateHookTests()
    {
        LiteralKernel.Named().WriteTo(_temp.PathOf("tree"));
        _sender = new Sender(SmallRepository.Make(_temp.PathOf("tree"), _temp.PathOf("linux")), _temp.PathOf("out"));
        var made = _sender.Series();
        Assert.True(made.Succeeded, made.Output.ToString());
        Run.Git(_sender.Kernel, "config", "sendemail.from", $"{Sender.Name} <{Sender.Mail}>");
    }

    public void Dispose() => _temp.Dispose();

    /// <summary>patatt signs so: it adds a header to the file.</summary>
    [Fact]
    public void What_the_hook_writes_into_a_mail_is_sent()
    {
        Hook("sed -i \"1i X-Signature: $GIT_SENDEMAIL_FILE_COUNTER of $GIT_SENDEMAIL_FILE_TOTAL\" \"$1\"");
        using var server = new MailServer(_temp.PathOf("box"));
        var run = _sender.Send(server);
        Assert.True(run.Succeeded, run.Output.ToString());
        Assert.Equal(
            Enumerable.Range(1, Sender.Mails).Select(number => $"{number} of {Sender.Mails}"),
            server.Mails.Select(mail => Sender.Header(mail, "X-Signature")));
    }

    [Fact]
    public void A_mail_that_the_hook_refuses_stops_all()
    {
        Hook("grep -q 'In-Reply-To' \"$2\" || exit 0; echo \"no replies: $PWD\"; exit 7");
        using var server = new MailServer(_temp.PathOf("box"));
        var run = _sender.Send(server);
        Assert.Equal(4, run.ExitCode);
        Assert.Matches($"the hook sendemail-validate refused 0001-.*: exit code .*: no replies: {_sender.Kernel}", run.Output.ToString());
        Assert.Empty(server.Mails);

        Run.Git(_sender.Kernel, "config", "sendemail.validate", "false");
        run = _sender.Send(server);
        Assert.True(run.Succeeded, run.Output.ToString());
    }

    [Theory]
    [InlineData(false, "exit 1")]
    [InlineData(true, "exit 0")]
    public void A_hook_that_is_not_executable_is_none(bool isExecutable, string text)
    {
        Hook(text, isExecutable);
        using var server = new MailServer(_temp.PathOf("box"));
        var run = _sender.Send(server, "--dry-run");
        Assert.True(run.Succeeded, run.Output.ToString());
        Assert.DoesNotContain("hook", run.Output.ToString(), Ordinal);
    }

    private void Hook(string text, bool isExecutable = true)
    {
        var path = Path.Combine(_sender.Kernel, ".git/hooks/sendemail-validate");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, $"#!/bin/sh\n{text}\n");
        File.SetUnixFileMode(path, isExecutable ? (UnixFileMode)0b111_101_101 : (UnixFileMode)0b110_100_100);
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Processes;

namespace Ksocket.Intree.Sending;

/// <summary>A sendmail program: it gets a mail on stdin and the recipients as arguments, as git send-email runs it.</summary>
internal sealed class CommandTransport(string command, MailSettings settings, TimeSpan limit) : MailTransport
{
    /// <summary>A program only takes mails; what the server behind it takes is seen later.</summary>
    public override void Ask(string sender, IReadOnlyList<string> recipients, long largest)
    {
    }

    public override void Send(string sender, IReadOnlyList<string> recipients, ByteString mail)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, mail.Span);
            var script = $"exec <\"$0\"; {command} \"$@\"";
            // A program has a sender of its own unless the user names one.
            string[] from = settings.EnvelopeSender is null ? [] : ["-f", sender];
            string[] words = ["-c", script, file, .. settings.CommandOptions, .. from, "-i", .. recipients];
            var run = new Child("/bin/sh", words) { Limit = limit }.Run();
            if (!run.Succeeded)
            {
                throw IntreeFailure.Fatal(
                    $"{command} did not take a mail: {run.Output.ToString().Trim().Split('\n')[^1]}",
                    "check sendemail.sendmailCmd, then send again, with --resume if a mail was sent already");
            }
        }
        finally
        {
            File.Delete(file);
        }
    }
}

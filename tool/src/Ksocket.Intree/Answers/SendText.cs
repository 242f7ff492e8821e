// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Sending;
using Ksocket.Intree.Output;

namespace Ksocket.Intree.Answers;

/// <summary>The answer of send as text: the checks, the recipients and the mails.</summary>
internal static class SendText
{
    /// <param name="taken">The Message-IDs of the mails that the server has taken.</param>
    /// <param name="isShown">Whether to list the mails.</param>
    public static void Write(
        Terminal terminal,
        IReadOnlyList<CheckResult> checks,
        IReadOnlyList<OutgoingMail> mails,
        IReadOnlyList<string> recipients,
        IReadOnlySet<string> taken,
        bool isShown)
    {
        var width = checks.Max(check => check.Check.Length);
        foreach (var check in checks)
        {
            terminal.Answer($"{Word(terminal, check.Verdict)}  {check.Check.PadRight(width)}  {check.Text}");
        }

        if (!isShown)
        {
            return;
        }

        terminal.Answer($"to {string.Join(", ", recipients)}");
        foreach (var mail in mails)
        {
            terminal.Answer($"{(taken.Contains(mail.Id) ? terminal.Good("sent    ") : "not sent")}  <{mail.Id}>  {mail.FileName}");
        }
    }

    private static string Word(Terminal terminal, Verdict verdict) => verdict switch
    {
        Verdict.Ok => terminal.Good("ok     "),
        Verdict.Warning => terminal.Odd("warning"),
        _ => terminal.Bad("refusal"),
    };
}

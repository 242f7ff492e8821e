// SPDX-License-Identifier: GPL-2.0-only
using System.Text;

namespace Ksocket.Intree.Core.Sending;

/// <summary>Whether headers are 7-bit, and a body that is not ASCII declares its encoding.</summary>
internal static class HeaderCheck
{
    private const string Name = "encoding";

    public static CheckResult Run(CheckInput input)
    {
        foreach (var mail in input.Mails)
        {
            var text = MailText.Of(mail.Bytes);
            if (text.Headers.FirstOrDefault(header => !Ascii.IsValid(header.Text)) is { Text: not null } wrong)
            {
                return CheckResult.Refuse(Name, $"{mail.FileName}: a header is not ASCII: {wrong.Value}");
            }

            if (!Ascii.IsValid(text.Body.Span) && text["Content-Transfer-Encoding"] != "8bit")
            {
                return CheckResult.Refuse(Name, $"{mail.FileName}: the text is not ASCII, and the headers do not say so");
            }

            if (text.Body.TryToText() is null)
            {
                return CheckResult.Refuse(Name, $"{mail.FileName}: the text is not UTF-8");
            }
        }

        return CheckResult.Ok(Name, "headers are ASCII, and other text is declared as UTF-8");
    }
}

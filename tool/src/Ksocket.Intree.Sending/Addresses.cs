// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Mail;
using MimeKit;

namespace Ksocket.Intree.Sending;

/// <summary>Reads mail addresses as users write them (RFC 5322), with names in any script.</summary>
public static class Addresses
{
    /// <summary>
    /// One address in the form that a series records, "Name &lt;mail@host&gt;" or "mail@host"; null if it is not one address.
    /// </summary>
    public static string? TryNormalize(string text)
    {
        if (!InternetAddressList.TryParse(text, out var list) || list is not [MailboxAddress mailbox] || !IsWhole(mailbox.Address))
        {
            return null;
        }

        var name = mailbox.Name?.Trim() ?? "";
        return name.Length == 0 ? mailbox.Address
            : text.All(char.IsAscii) && Person.TryParse(text) is not null ? text.Trim()
            : new Person(name, mailbox.Address).ToString();
    }

    /// <summary>The addresses of a list with commas, as they are written; the whole text if it is no list.</summary>
    public static IReadOnlyList<string> Split(string text) =>
        InternetAddressList.TryParse(text, out var list) && list.Count > 1 && list.All(one => one is MailboxAddress)
            ? [.. list.Mailboxes.Select(Written)]
            : [text];

    /// <summary>
    /// The address in a line of scripts/get_maintainer.pl, which may say the role behind it in parentheses; null if there is none.
    /// </summary>
    public static string? TryNormalizeLine(string line)
    {
        var end = line.LastIndexOf('>') is var close and >= 0 ? close + 1 : line.IndexOf(" (", StringComparison.Ordinal);
        return TryNormalize(end < 0 ? line : line[..end]);
    }

    /// <summary>The address alone, without its name.</summary>
    public static string Bare(string text) => MailboxAddress.TryParse(text, out var mailbox) ? mailbox.Address : text;

    /// <summary>A name with a comma or another special character needs quotes (RFC 5322, section 3.2.4).</summary>
    private static string Written(MailboxAddress one) => one.Name is not { Length: > 0 } name ? one.Address
        : name.All(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '-') ? new Person(name, one.Address).ToString()
        : $"{MimeKit.Utils.MimeUtils.Quote(name)} <{one.Address}>";

    private static bool IsWhole(string address) =>
        address.All(one => one is > ' ' and <= '~')
        && address.IndexOf('@', StringComparison.Ordinal) is var at && at > 0 && at < address.Length - 1;
}

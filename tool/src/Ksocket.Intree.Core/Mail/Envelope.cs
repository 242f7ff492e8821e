// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;

namespace Ksocket.Intree.Core.Mail;

/// <summary>The sender's settings for the mails of a series, the same for each of them.</summary>
public sealed record Envelope(Person Author, DateTimeOffset Date)
{
    /// <summary>The mbox separator that starts every mail; git am recognises git's mails by its date.</summary>
    public const string FirstLine = "From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001\n";

    /// <summary>The Signed-off-by of every message; null unless requested.</summary>
    public Person? SignedOffBy { get; init; }

    /// <summary>The people of the M: lines in MAINTAINERS.</summary>
    public IReadOnlyList<Person> Maintainers { get; init; } = [];

    /// <summary>The text in the brackets of a subject, before the numbers.</summary>
    public string Prefix { get; init; } = "PATCH";

    /// <summary>The revision of the series, from 1; null for none, as for a first one.</summary>
    public int? Revision { get; init; }

    public IReadOnlyList<string> To { get; init; } = [];

    public IReadOnlyList<string> Cc { get; init; } = [];

    /// <summary>The commit that the series is made for; null if it is made for a folder.</summary>
    public string? BaseCommit { get; init; }

    /// <summary>The text below the "-- " at the end of each mail, without a newline at its end; empty for none.</summary>
    public string Signature { get; init; } = "";

    /// <summary>Whether a mail 0 introduces the series.</summary>
    public bool CoverLetter { get; init; }

    /// <summary>The name of a mail's file, as git format-patch chooses it.</summary>
    public string FileName(int number, string subject)
    {
        const string suffix = ".patch";
        const int longest = 64;
        var name = new System.Text.StringBuilder(Revision is null ? "" : $"v{Revision}-");
        name.Append(CultureInfo.InvariantCulture, $"{number:D4}-");
        var pending = false;
        var start = name.Length;
        foreach (var c in subject)
        {
            if (char.IsAsciiLetterOrDigit(c) || c is '.' or '_')
            {
                name.Append(pending && name.Length > start ? "-" : "").Append(c);
                pending = false;
            }
            else
            {
                pending = true;
            }
        }

        name.Length = Math.Min(name.Length, longest - suffix.Length - 1);
        return name + suffix;
    }

    /// <summary>A message with its trailers, the sign-off last, and a blank line before them.</summary>
    public string SignedBody(string body, string trailers = "")
    {
        var all = trailers + (SignedOffBy is null ? "" : $"Signed-off-by: {SignedOffBy}\n");
        return all.Length == 0 ? body : body + (body.Length > 0 ? "\n" : "") + all;
    }

    internal string Subject(int number, int total, string subject)
    {
        var last = total.ToString(CultureInfo.InvariantCulture);
        var padded = number.ToString(CultureInfo.InvariantCulture).PadLeft(last.Length, '0');
        var numbers = total == 1 && !CoverLetter ? "" : $" {padded}/{last}";
        var revision = Revision is null ? "" : $" v{Revision}";
        return MailHeader.Subject($"{Prefix}{revision}{numbers}".Trim(), subject);
    }

    /// <summary>The mbox separator line and the headers, up to the blank line.</summary>
    /// <param name="isEightBit">Whether the message is not pure ASCII, which its headers then declare.</param>
    internal string Head(int number, int total, string subject, bool isEightBit) =>
        FirstLine
        + MailHeader.From(Author)
        + MailHeader.Date(Date)
        + Subject(number, total, subject)
        + (isEightBit ? MailHeader.EightBit : "")
        + MailHeader.List("To", To)
        + MailHeader.List("Cc", Cc)
        + "\n";
}

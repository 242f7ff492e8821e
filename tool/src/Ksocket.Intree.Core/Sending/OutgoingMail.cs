// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Mail;

namespace Ksocket.Intree.Core.Sending;

/// <summary>A mail as it is handed to the mail server.</summary>
/// <param name="Id">The Message-ID, without brackets.</param>
/// <param name="Bytes">Headers and body, with line feeds; the transport writes CR LF.</param>
public sealed record OutgoingMail(string FileName, string Id, ByteString Bytes)
{
    /// <summary>The length in bytes with CR LF.</summary>
    public int WireLength => Bytes.Length + Bytes.Span.Count((byte)'\n');

    /// <summary>
    /// The mails of a series as one thread: all but the first reply to it. Their dates are a second apart, so that they sort.
    /// Where the sender is not the author, the first line of the body names the author, as git am expects.
    /// </summary>
    /// <param name="ids">A Message-ID for each mail, without brackets.</param>
    /// <param name="addressees">Those whom the headers name.</param>
    /// <param name="headers">By file name, further header lines.</param>
    public static ImmutableArray<OutgoingMail> Build(
        StoredSeries series,
        Person sender,
        DateTimeOffset now,
        IReadOnlyList<string> ids,
        Addressees addressees,
        IReadOnlyDictionary<string, string> headers) =>
    [
        .. series.Letters.Select((letter, at) => new OutgoingMail(
            letter.FileName,
            ids[at],
            Write(
                letter,
                series.Index.Envelope.Author,
                sender,
                now.AddSeconds(at),
                headers.GetValueOrDefault(letter.FileName, "") + ThreadOf(ids[at], at == 0 ? null : ids[0]),
                addressees))),
    ];

    /// <summary>Message-IDs that say when and by whom they were made.</summary>
    /// <param name="salt">A random word.</param>
    public static ImmutableArray<string> Ids(int count, Person sender, DateTimeOffset now, string salt)
    {
        var time = now.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        return [.. Enumerable.Range(0, count).Select(number => string.Create(
            CultureInfo.InvariantCulture,
            $"{time}.{salt}-{number + 1}-{sender.Mail}"))];
    }

    private static ByteString Write(
        Letter letter,
        Person author,
        Person sender,
        DateTimeOffset date,
        string more,
        Addressees addressees)
    {
        var mail = MailText.Of(letter.Bytes);
        var isForwarded = author != sender;
        var headers = new StringBuilder(MailHeader.From(sender)).Append(MailHeader.Date(date));
        string[] own = ["From", "Date", "To", "Cc"];
        foreach (var header in mail.Headers.Where(header => !own.Any(header.Is)))
        {
            headers.Append(header.Text);
        }

        headers.Append(MailHeader.List("To", addressees.To)).Append(MailHeader.List("Cc", addressees.Cc)).Append(more);
        headers.Append("X-Mailer: ksocket-intree\n");
        if (isForwarded && !Ascii.IsValid(author.Name) && !mail.Headers.Any(header => header.Is("MIME-Version")))
        {
            headers.Append(MailHeader.EightBit);
        }

        headers.Append('\n').Append(isForwarded ? $"From: {author}\n\n" : "");
        return ByteString.Concat(ByteString.OfText(headers.ToString()), mail.Body);
    }

    private static string ThreadOf(string id, string? first) =>
        $"Message-ID: <{id}>\n" + (first is null ? "" : $"In-Reply-To: <{first}>\nReferences: <{first}>\n");
}

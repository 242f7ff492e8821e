// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Mail;
using Ksocket.Intree.Core.Series;

namespace Ksocket.Intree.Core.Sending;

/// <summary>A mail that is to be sent under this Message-ID.</summary>
public sealed record SentMail(string Id, string FileName);

/// <summary>
/// The journal of a sending, which is its record afterwards. It is written before the first mail; a line is added after
/// each mail that the server took. Its lines are a word and a value.
/// </summary>
/// <param name="Digest">SHA-256 of the mails in the folder: a sending goes on only with the same.</param>
/// <param name="Addressees">Who gets the mails.</param>
/// <param name="Done">The Message-IDs of the mails that were taken.</param>
/// <param name="Finished">When all were; null before.</param>
public sealed record SentRecord(
    DateTimeOffset Started,
    string Digest,
    Person Sender,
    Addressees Addressees,
    ImmutableArray<SentMail> Mails,
    ImmutableHashSet<string> Done,
    DateTimeOffset? Finished)
{
    public const string Name = SeriesFile.Folder + "/sent";

    private const string FirstLine = "# ksocket-intree sending, format 1";

    public static string DigestOf(StoredSeries series)
    {
        var hash = Bytes.Digest.Sha256();
        foreach (var letter in series.Letters)
        {
            hash.Add(ByteString.OfText($"{letter.FileName}\0{letter.Bytes.Length}\0"));
            hash.Add(letter.Bytes);
        }

        return hash.ToHex();
    }

    /// <summary>The journal before the first mail. The lines that <see cref="Read"/> ignores are for people.</summary>
    public string Header(StoredSeries series)
    {
        var (envelope, provenance) = (series.Index.Envelope, series.Index.Provenance);
        string[] lines =
        [
            FirstLine,
            $"started {Text(Started)}",
            $"digest {Digest}",
            $"sender {Sender}",
            $"kernel {provenance.Kernel}",
            $"driver {provenance.Driver}",
            $"base-commit {envelope.BaseCommit ?? "none"}",
            .. Addressees.To.Select(address => $"to {address}"),
            .. Addressees.Cc.Select(address => $"cc {address}"),
            .. Addressees.Bcc.Select(address => $"bcc {address}"),
            .. Mails.Select(mail => $"mail {mail.Id} {mail.FileName}"),
        ];
        return string.Concat(lines.Select(line => line + "\n"));
    }

    public static string Taken(string id, DateTimeOffset now) => $"sent {id} {Text(now)}\n";

    public static string AllTaken(DateTimeOffset now) => $"finished {Text(now)}\n";

    /// <param name="place">The path of the file, for an error.</param>
    public static SentRecord Read(string place, ByteString file)
    {
        var lines = ByteLines.Of(file).Where(line => line.HasNewline).Select(line => line.Text.Split(' ', 2)).ToList();
        if (!file.StartsWith(Encoding.UTF8.GetBytes(FirstLine)))
        {
            throw Wrong(place, "its first line is not that of a sending");
        }

        return new SentRecord(
            Time(place, One("started")) ?? throw Wrong(place, "it does not say when it was started"),
            One("digest") ?? throw Wrong(place, "it has no digest"),
            Person.TryParse(One("sender") ?? "") ?? throw Wrong(place, "it does not name the sender"),
            new Addressees([.. All("to")], [.. All("cc")], [.. All("bcc")]),
            [.. from value in All("mail")
                let words = value.Split(' ', 2)
                where words.Length == 2
                select new SentMail(words[0], words[1])],
            [.. All("sent").Select(value => value.Split(' ')[0])],
            Time(place, One("finished")));

        string? One(string word) => All(word).FirstOrDefault();

        IEnumerable<string> All(string word) => lines.Where(line => line.Length == 2 && line[0] == word).Select(line => line[1]);
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static DateTimeOffset? Time(string place, string? text) => text is null ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
        : throw Wrong(place, $"'{text}' is not a time");

    private static IntreeFailure Wrong(string place, string what) => IntreeFailure.NotUnderstood(
        $"{place} is not a record of a sending: {what}",
        "move it away, if nothing of this series was sent");
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Sending;
using MimeKit;

namespace Ksocket.Intree.Sending;

/// <summary>Reads the mails of a discussion: an mbox (RFC 4155), a maildir (its cur and new), or a file with one mail (RFC 5322).</summary>
public static class ReplyBox
{
    /// <summary>Hundreds of times the longest discussion of a mailing list.</summary>
    private const int MostBytes = 256 << 20;

    private const string Hint = "name an mbox, such as lore.kernel.org has of each thread (t.mbox.gz, unpacked), a maildir, or a mail";

    public static IReadOnlyList<Reply> Read(string path)
    {
        try
        {
            return Directory.Exists(path) ? Maildir(path) : Whole(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw IntreeFailure.NotUnderstood($"--trailers-from: cannot read {path}: {error.Message}", Hint);
        }
    }

    private static List<Reply> Maildir(string path)
    {
        var folders = ((string[])["cur", "new"]).Select(name => Path.Combine(path, name)).Where(Directory.Exists).ToList();
        return folders.Count > 0
            ? [.. folders.SelectMany(Directory.GetFiles).Order(StringComparer.Ordinal).SelectMany(Whole)]
            : throw IntreeFailure.NotUnderstood($"--trailers-from: {path} is a folder without cur and new, so not a maildir", Hint);
    }

    private static List<Reply> Whole(string path)
    {
        using var bytes = new MemoryStream();
        using (var file = File.OpenRead(path))
        {
            // A pipe has no length, and may not end.
            for (var buffer = new byte[1 << 16]; file.Read(buffer) is var count and > 0;)
            {
                bytes.Write(buffer, 0, count);
                _ = bytes.Length <= MostBytes ? 0 : throw IntreeFailure.NotUnderstood(
                    $"--trailers-from: {path} has more than {MostBytes} bytes", "name the mails of the one discussion");
            }
        }

        bytes.Position = 0;
        var isBox = bytes.GetBuffer().AsSpan(0, (int)bytes.Length).StartsWith("From "u8);
        return bytes.Length == 0 ? [] : Parse(path, bytes, isBox ? MimeFormat.Mbox : MimeFormat.Entity);
    }

    private static List<Reply> Parse(string path, Stream file, MimeFormat format)
    {
        var (parser, mails) = (new MimeParser(file, format), new List<Reply>());
        try
        {
            do
            {
                using var mail = parser.ParseMessage();
                if (mail.From.Count == 0 && mail.MessageId is null)
                {
                    throw new FormatException("it has neither From nor Message-ID");
                }

                mails.Add(Of(mail));
            }
            while (format == MimeFormat.Mbox && !parser.IsEndOfStream);
        }
        catch (Exception error) when (error is FormatException or ArgumentException)
        {
            throw IntreeFailure.NotUnderstood($"--trailers-from: mail {mails.Count + 1} of {path} is not one: {error.Message}", Hint);
        }

        return mails;
    }

    private static Reply Of(MimeMessage mail)
    {
        var from = mail.From.Mailboxes.FirstOrDefault();
        string?[] parents = [mail.InReplyTo, .. mail.References.Reverse()];
        return new Reply(
            IdOf(mail.MessageId),
            [.. parents.Select(IdOf).Where(id => id.Length > 0).Distinct()],
            from?.Name?.Trim() ?? "",
            from?.Address ?? "",
            mail.Subject ?? "",
            mail.TextBody?.ReplaceLineEndings("\n"));
    }

    /// <summary>Without brackets; empty for one that no mail program writes.</summary>
    private static string IdOf(string? id) => id is not null && id.All(one => one is > ' ' and <= '~') ? id.Trim('<', '>') : "";
}

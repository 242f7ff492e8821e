// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Mail;
using Ksocket.Intree.Core.Sending;
using Ksocket.Intree.Core.Series;
using Ksocket.Intree.Files;
using Ksocket.Intree.Git;
using Ksocket.Intree.Sending;

namespace Ksocket.Intree.Commands;

/// <summary>Finds the replies to a series in a mailbox, and the trailers in them.</summary>
internal static class SeriesReplies
{
    /// <param name="box">An mbox, a maildir, or a mail.</param>
    /// <param name="folders">The folders of the revisions that may have been answered, the newest last.</param>
    /// <param name="isSloppy">Whether to take trailers that name another person than the sender.</param>
    public static ReadReplies Read(string box, IReadOnlyList<string> folders, bool isSloppy)
    {
        var mails = ReplyBox.Read(box);
        var revisions = folders.Select(Open).ToList();
        var (answered, patches) = (new Dictionary<string, AnsweredMail>(StringComparer.Ordinal), new List<AnsweredMail>());
        foreach (var (record, letters) in revisions)
        {
            patches = [.. letters.Values.Where(mail => mail.Topic is not null)];
            foreach (var mail in record?.Mails ?? [])
            {
                if (letters.TryGetValue(mail.FileName, out var letter))
                {
                    answered[mail.Id] = letter;
                }
            }
        }

        AddCopies(answered, mails, folders, revisions.SelectMany(one => one.Letters));
        var read = ReplyReader.Read(mails, answered, patches, isSloppy);
        return read.Replies > 0 ? read : read with
        {
            Notes = [.. read.Notes, $"{box} has {mails.Count} mails, and none answers a mail of {string.Join(" or ", folders)}"],
        };
    }

    /// <summary>
    /// A series that another program sent has no record, but its mails may be in the box: they are known by patch-id. What they
    /// answer is the cover letter, if it is numbered 0.
    /// </summary>
    private static void AddCopies(
        Dictionary<string, AnsweredMail> answered,
        IReadOnlyList<Reply> mails,
        IReadOnlyList<string> folders,
        IEnumerable<KeyValuePair<string, AnsweredMail>> letters)
    {
        var ours = folders.SelectMany(SeriesFolder.Read).Where(file => file.Key.EndsWith(".patch", StringComparison.Ordinal)).ToList();
        var copies = mails.Where(mail => mail.HasPatch && mail.Id.Length > 0).ToList();
        if (copies.Count == 0)
        {
            return;
        }

        var ids = PatchIds.Of([.. ours.Select(file => file.Value.ToString()), .. copies.Select(mail => mail.Body!)]);
        var known = new Dictionary<string, AnsweredMail>(StringComparer.Ordinal);
        var named = letters.ToLookup(letter => letter.Key, letter => letter.Value);
        foreach (var (file, id) in ours.Zip(ids).Where(one => one.Second is not null))
        {
            if (named[file.Key].LastOrDefault() is { Topic: not null } letter)
            {
                known[id!] = letter;
            }
        }

        var covers = mails.Where(mail => mail.Subject.Contains(" 0/", StringComparison.Ordinal)
            || mail.Subject.Contains(" 00/", StringComparison.Ordinal)).Select(mail => mail.Id).ToHashSet();
        foreach (var (mail, id) in copies.Zip(ids.Skip(ours.Count)))
        {
            if (id is not null && known.TryGetValue(id, out var letter) && answered.TryAdd(mail.Id, letter))
            {
                foreach (var cover in mail.Parents.Where(covers.Contains))
                {
                    answered.TryAdd(cover, new AnsweredMail(null, ""));
                }
            }
        }
    }

    /// <summary>What was sent of a folder, and its mails by file name.</summary>
    private static (SentRecord? Record, IReadOnlyDictionary<string, AnsweredMail> Letters) Open(string folder)
    {
        var files = SeriesFolder.Read(folder);
        var series = new StoredSeries(folder, SeriesFolder.IndexOf(folder, files)!, files);
        var letters = series.Letters
            .Select(letter => KeyValuePair.Create(letter.FileName, Of(series, letter)))
            .Where(letter => letter.Value is not null)
            .ToDictionary(letter => letter.Key, letter => letter.Value!);
        var record = files.TryGetValue(SentRecord.Name, out var bytes)
            ? SentRecord.Read(Path.Combine(folder, SentRecord.Name), bytes)
            : null;
        return (record, letters);
    }

    /// <summary>Null for a patch of an earlier release, whose topic there is no more.</summary>
    private static AnsweredMail? Of(StoredSeries series, Letter letter)
    {
        if (!series.Index.Patches.Contains(letter.FileName))
        {
            return new AnsweredMail(null, "");
        }

        var subject = MailText.Of(letter.Bytes)["Subject"] ?? "";
        return Topic.All.FirstOrDefault(topic => subject.EndsWith("] " + topic.Subject, StringComparison.Ordinal)) is { } topic
            ? new AnsweredMail(topic.Name, PatchDigest.Of(letter.Bytes))
            : null;
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Mail;
using Ksocket.Intree.Core.Sending;
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
        var revisions = folders.Select(Revision.Open).ToList();
        var answered = new Dictionary<string, IReadOnlyList<AnsweredPatch>>(StringComparer.Ordinal);
        foreach (var revision in revisions)
        {
            foreach (var mail in revision.Sent)
            {
                answered[mail.Id] = revision.PatchesOf(mail.FileName);
            }
        }

        AddCopies(answered, mails, revisions);
        var read = ReplyReader.Read(mails, answered, isSloppy);
        return read.Replies > 0 ? read : read with
        {
            Notes = [.. read.Notes, $"{box} has {mails.Count} mails, and none answers a mail of {string.Join(" or ", folders)}"],
        };
    }

    /// <summary>
    /// A series that another program sent has no record, but its mails may be in the box: they are known by patch-id, those of
    /// the first revision that has the patch. What they answer is the cover letter, if it is numbered 0.
    /// </summary>
    private static void AddCopies(
        Dictionary<string, IReadOnlyList<AnsweredPatch>> answered,
        IReadOnlyList<Reply> mails,
        List<Revision> revisions)
    {
        var copies = mails.Where(mail => mail.HasPatch && mail.Id.Length > 0).ToList();
        if (copies.Count == 0)
        {
            return;
        }

        var ours = revisions.SelectMany(revision => revision.Patches.Select(patch => (Revision: revision, Patch: patch))).ToList();
        var ids = PatchIds.Of([.. ours.Select(one => one.Patch.Mail.ToString()), .. copies.Select(mail => mail.Body!)]);
        var covers = mails.Where(mail => mail.Subject.Contains(" 0/", StringComparison.Ordinal)
            || mail.Subject.Contains(" 00/", StringComparison.Ordinal)).Select(mail => mail.Id).ToHashSet();
        foreach (var (mail, id) in copies.Zip(ids.Skip(ours.Count)).Where(one => one.Second is not null))
        {
            var at = ids.Take(ours.Count).ToList().IndexOf(id);
            if (at >= 0 && answered.TryAdd(mail.Id, [ours[at].Patch.Answered]))
            {
                foreach (var cover in mail.Parents.Where(covers.Contains))
                {
                    answered.TryAdd(cover, ours[at].Revision.All);
                }
            }
        }
    }

    /// <summary>A stored patch whose topic this release knows.</summary>
    private sealed record StoredPatch(string FileName, ByteString Mail, AnsweredPatch Answered);

    /// <param name="Sent">The mails that were sent; none without a record.</param>
    /// <param name="FileNames">All patches, also those of drivers of the user, which have no topic of ours.</param>
    private sealed record Revision(IReadOnlyList<SentMail> Sent, IReadOnlyList<StoredPatch> Patches, IReadOnlyList<string> FileNames)
    {
        public IReadOnlyList<AnsweredPatch> All => [.. Patches.Select(patch => patch.Answered)];

        /// <summary>The patch of a file; none for one without a topic of ours; each, for the cover letter, which is no patch.</summary>
        public IReadOnlyList<AnsweredPatch> PatchesOf(string fileName) =>
            Patches.FirstOrDefault(patch => patch.FileName == fileName) is { } patch ? [patch.Answered]
            : FileNames.Contains(fileName) ? []
            : All;

        public static Revision Open(string folder)
        {
            var files = SeriesFolder.Read(folder);
            var index = SeriesFolder.IndexOf(folder, files)!;
            var record = files.TryGetValue(SentRecord.Name, out var bytes)
                ? SentRecord.Read(Path.Combine(folder, SentRecord.Name), bytes).Mails
                : [];
            return new Revision(
                [.. record.Where(mail => index.Patches.Contains(mail.FileName) || mail == record[0])],
                [.. from name in index.Patches
                    where files.ContainsKey(name)
                    let topic = TopicOf(files[name])
                    where topic is not null
                    select new StoredPatch(name, files[name], new AnsweredPatch(topic.Name, PatchDigest.Of(files[name])))],
                index.Patches);
        }

        /// <summary>Null for a patch of an earlier release, whose topic there is no more.</summary>
        private static Topic? TopicOf(ByteString mail) => MailText.Of(mail)["Subject"] is { } subject
            ? DriverSource.Bundled.Topics.All.FirstOrDefault(topic => subject.EndsWith("] " + topic.Subject, StringComparison.Ordinal))
            : null;
    }
}

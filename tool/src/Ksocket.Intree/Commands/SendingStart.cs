// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Sending;

namespace Ksocket.Intree.Commands;

/// <summary>Where a sending starts: with the first mail, or after those that an interrupted one has sent.</summary>
internal static class SendingStart
{
    public static SentRecord Fresh(SendRequest request, StoredSeries series, Addressees addressees)
    {
        var now = DateTimeOffset.UtcNow;
        var salt = Guid.NewGuid().ToString("N")[..12];
        var ids = OutgoingMail.Ids(series.Letters.Length, request.Sender, now, salt);
        var mails = series.Letters.Zip(ids, (letter, id) => new SentMail(id, letter.FileName));
        return new SentRecord(now, SentRecord.DigestOf(series), request.Sender, addressees, [.. mails], [], Finished: null);
    }

    /// <param name="fresh">The record of a sending that would begin now.</param>
    public static SentRecord Continued(SendRequest request, SentRecord fresh, SentRecord? sent) => (sent, request.IsResumed) switch
    {
        (null, false) => fresh,
        (null, true) => throw IntreeFailure.NotUnderstood($"{request.Folder} has no interrupted sending", "send it without --resume"),
        ({ Finished: { } finished }, _) => throw IntreeFailure.InTheWay(
            $"{request.Folder} was sent at {finished:u}, as {Path.Combine(request.Folder, SentRecord.Name)} records",
            "make the next revision: series -v N"),
        (_, false) => throw IntreeFailure.InTheWay(
            $"{request.Folder}: a sending of {sent.Started:u} was interrupted after {sent.Done.Count} of {sent.Mails.Length} mails",
            "go on with --resume"),
        _ when sent.Digest != fresh.Digest || sent.Sender != fresh.Sender => throw IntreeFailure.InTheWay(
            $"{request.Folder}: the series or its sender is not that of the interrupted sending",
            "restore it, or make the next revision: series -v N"),
        _ when !sent.Addressees.All.SequenceEqual(fresh.Addressees.All) => throw IntreeFailure.InTheWay(
            $"{request.Folder}: the recipients are not those of the interrupted sending, "
                + $"which {Path.Combine(request.Folder, SentRecord.Name)} lists",
            "restore sendemail.* of git's configuration and --drop, or make the next revision: series -v N"),
        _ => sent,
    };
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Answers;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Sending;
using Ksocket.Intree.Core.Series;
using Ksocket.Intree.Files;

namespace Ksocket.Intree.Commands;

/// <summary>Where a series is written.</summary>
/// <param name="Revision">From 1.</param>
/// <param name="Before">The folder of the revision before; null if there is none.</param>
internal sealed record SeriesPlace(string Folder, int Revision, string? Before)
{
    /// <summary>The folders in which a revision of this series is, the newest last.</summary>
    public IReadOnlyList<string> Revisions =>
        [.. Before is null ? [] : (string[])[Before], .. SeriesFolder.IsSeries(Folder) ? (string[])[Folder] : []];

    /// <summary>The trailers in the mailbox that the user named; none without one.</summary>
    public ReadReplies Replies(SeriesRequest request) => request.TrailersFrom is { } box
        ? Revisions.Count > 0
            ? SeriesReplies.Read(box, Revisions, request.IsSloppy)
            : throw IntreeFailure.NotUnderstood(
                $"--trailers-from: nothing was answered yet: there is no series in {Folder}, and none of an earlier revision beside it",
                "make it first, or name the revision and its folder: -v N -o DIR")
        : new ReadReplies([], [], 0);

    /// <summary>The sender's texts: those in the folder, else those of the revision before, with what is generated now.</summary>
    /// <param name="replies">The trailers that were found now.</param>
    public SenderTexts Texts(Provenance provenance, SeriesRequest request, ReadReplies replies)
    {
        var here = Directory.Exists(Folder) ? SenderTexts.Read(SeriesFolder.Read(Folder)) : SenderTexts.None;
        var files = Before is null ? new Dictionary<string, ByteString>() : SeriesFolder.Read(Before);
        var before = SenderTexts.Read(files);
        var changes = before.Changes.SetItems(here.Changes);
        return here with
        {
            Cover = here.Cover ?? before.Cover,
            Notes = before.Notes.SetItems(here.Notes),
            Trailers = before.Trailers.SetItems(here.Trailers),
            Links = before.Links.SetItems(here.Links).SetItems(LinkIn(files)),
            Changes = Revision > 1 && !changes.ContainsKey(Revision) ? changes.Add(Revision, "") : changes,
            Proved = request.Proofs.Length > 0 ? ProvedText.Read(request.Proofs, provenance.Driver) : "",
            RangeDiff = default,
            Received = [.. before.Received.Concat(here.Received).Concat(replies.Trailers).Distinct()],
        };
    }

    /// <summary>The Message-ID of the first mail of the revision before, if it was sent.</summary>
    private IEnumerable<KeyValuePair<int, string>> LinkIn(IReadOnlyDictionary<string, ByteString> before) =>
        before.TryGetValue(SentRecord.Name, out var bytes)
        && SentRecord.Read(Path.Combine(Before!, SentRecord.Name), bytes) is { Finished: not null, Mails: [var first, ..] }
            ? [KeyValuePair.Create(Revision - 1, first.Id)]
            : [];
}

/// <summary>Chooses the folder of each series, and refuses one that holds something else.</summary>
internal static class SeriesPlaces
{
    /// <param name="output">The folder that the user named; null for none.</param>
    public static ImmutableArray<SeriesPlace> Of(string? output, int? revision, IReadOnlyList<Provenance> series)
    {
        var folders = series.Count == 1 && output is not null ? [output] : Folders(output, series);
        return [.. folders.Select(folder => PlaceOf(folder, revision))];
    }

    private static SeriesPlace PlaceOf(string named, int? revision)
    {
        var folder = RevisionFolder.Of(named, revision);
        SeriesFolder.RefuseForeign(folder, revision);
        var before = revision > 1 ? RevisionFolder.Before(folder, revision.Value).FirstOrDefault(SeriesFolder.IsSeries) : null;
        return new SeriesPlace(folder, revision ?? 1, before);
    }

    /// <summary>A folder for each kernel line; two of one line get their release as name.</summary>
    private static List<string> Folders(string? output, IReadOnlyList<Provenance> series)
    {
        var prefix = output is null ? "ksocket-" : "";
        var folders = series.Select(one => Path.Combine(output ?? "", prefix + NameOf(one, series))).ToList();
        var twice = series.GroupBy(one => one.Kernel).FirstOrDefault(group => group.Count() > 1)?.Key;
        return folders.Distinct().Count() == folders.Count
            ? folders
            : throw IntreeFailure.InTheWay(
                $"two of the trees are linux {twice}, so their series would share a folder",
                "make one series at a time, each with its -o DIR");
    }

    private static string NameOf(Provenance one, IReadOnlyList<Provenance> all) =>
        all.Count(other => other.Line == one.Line) > 1 ? one.Kernel : one.Line;
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Mail;

namespace Ksocket.Intree.Core.Series;

/// <summary>The plan as mail: the patches, a cover letter if requested, and the series file.</summary>
/// <param name="Index">The series file, with the provenance of the series.</param>
/// <param name="Letters">In sending order.</param>
public sealed record PatchSeries(SeriesFile Index, ImmutableArray<Letter> Letters)
{
    /// <summary>Texts that are the sender's once they are written: proposed where there are none yet.</summary>
    public ImmutableArray<Letter> Proposals { get; init; } = [];

    /// <summary>Every generated file in the folder of the series.</summary>
    public IEnumerable<Letter> Files => [.. Letters, .. Generated, new Letter(SeriesFile.Name, [SeriesFileWriter.Write(Index)])];

    /// <summary>Generated texts beside the patches, such as a range-diff.</summary>
    public ImmutableArray<Letter> Generated { get; init; } = [];

    /// <summary>Trailers of replies that were left out, because the patch for which they were given has changed since.</summary>
    public ImmutableArray<ReceivedTrailer> Dropped { get; init; } = [];

    /// <summary>A warning for each trailer that was left out.</summary>
    public IEnumerable<string> DroppedNotes => Dropped.Select(one =>
        $"warning: '{SubjectOf(one.Topic)}' changed since it was answered; "
            + $"dropped '{one.Line}' of <{one.Reply}>");

    /// <summary>The subject of a topic of ksocket; of another driver its name.</summary>
    private static string SubjectOf(string topic) =>
        DriverSource.Bundled.Topics.All.FirstOrDefault(known => known.Name == topic)?.Subject ?? topic;

    /// <summary>Made from a tree.</summary>
    public static PatchSeries Of(
        PlannedSeries planned,
        Provenance provenance,
        Envelope envelope,
        CreatedFiles created,
        SenderTexts? texts = null)
    {
        texts ??= SenderTexts.None;
        var patches = planned.Patches.Select(patch => (patch.Topic, PatchOf(patch.Topic, patch.Changes.Select(created.DiffOf), texts)));
        return Of(planned.Drivers, [.. patches], provenance, envelope, texts);
    }

    /// <summary>
    /// Made again from a stored series, without its tree: the driver's files are bundled, and the hooks are in the stored
    /// patches. It fails for a feature added since: only the tree shows its variant.
    /// </summary>
    public static PatchSeries Remake(
        SeriesFile file,
        DriverSource driver,
        IReadOnlyDictionary<string, ByteString> letters,
        CreatedFiles created) => Remake(file, [driver], letters, created);

    /// <inheritdoc cref="Remake(SeriesFile, DriverSource, IReadOnlyDictionary{string, ByteString}, CreatedFiles)"/>
    /// <param name="file">The series file.</param>
    /// <param name="drivers">The drivers that the series may have, in their order.</param>
    /// <param name="letters">The stored files, by name.</param>
    /// <param name="created">The sections of new files.</param>
    public static PatchSeries Remake(
        SeriesFile file,
        IReadOnlyList<DriverSource> drivers,
        IReadOnlyDictionary<string, ByteString> letters,
        CreatedFiles created)
    {
        var own = file.Provenance.DriversAmong(drivers);
        var texts = SenderTexts.Read(letters);
        var provenance = file.Provenance.Of(own);
        var isSame = provenance.Driver == file.Provenance.Driver && provenance.With.SequenceEqual(file.Provenance.With);
        texts = isSame ? texts : texts with { Proved = "" }; // it was of another driver
        var patches = own.SelectMany(driver => Remade(file, driver, letters, created, texts));
        return Of(own, [.. patches], provenance, file.Envelope, texts);
    }

    private static IEnumerable<(Topic Topic, Patch Patch)> Remade(
        SeriesFile file,
        DriverSource driver,
        IReadOnlyDictionary<string, ByteString> letters,
        CreatedFiles created,
        SenderTexts texts)
    {
        if (driver.Evidence.Features.FirstOrDefault(feature => !file.Provenance.Records(feature)) is { } unknown)
        {
            throw StoredHooks.NeedsTree(file, $"it does not record which variant of {unknown.Name} that kernel has");
        }

        driver = driver.MaintainedBy([.. file.Envelope.Maintainers.Select(person => person.ToString())]);
        var hooks = StoredHooks.In(file, driver, letters);
        var own = SeriesPlanner.OwnChanges(driver, file.Provenance.FilesOf(driver));
        return driver.Topics.All.Where(own.Contains).Select(topic => (SeriesPlanner.NamedIn(driver, topic), PatchOf(
            SeriesPlanner.NamedIn(driver, topic),
            own[topic].Select(created.DiffOf).Concat(hooks.Where(hook => driver.Topics.Of(hook.Hook) == topic).Select(hook => hook.Diff)),
            texts)));
    }

    private static PatchSeries Of(
        ImmutableArray<DriverSource> drivers,
        ImmutableArray<(Topic Topic, Patch Patch)> planned,
        Provenance provenance,
        Envelope envelope,
        SenderTexts texts)
    {
        if (planned.GroupBy(one => one.Topic.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw IntreeFailure.NotUnderstood(
                $"two patches would be named {twice.Key}: two drivers of --with have one name",
                "a patch is named after its driver; give one of the folders another name");
        }

        var kept = ReceivedTrailers.StillFor(texts.Received, planned.ToDictionary(one => one.Topic.Name, one => one.Patch));
        var dropped = texts.Received.Except(kept).Where(one => !kept.Any(other => other.Topic == one.Topic && other.Line == one.Line));
        texts = texts with { Received = kept };
        ImmutableArray<Patch> patches = [.. planned.Select(one => one.Patch with { Trailers = texts.TrailersOf(one.Topic.Name) })];
        if (!envelope.CoverLetter && CoverText.ChangeLog(texts) is { Length: > 0 } log)
        {
            var first = patches[0].Notes.Length > 0 ? $"{patches[0].Notes}\n{log}" : log;
            patches = patches.SetItem(0, patches[0] with { Notes = first });
        }

        var mails = PatchMail.Write(patches, envelope);
        texts = envelope.CoverLetter ? texts with { Cover = texts.Cover ?? CoverText.Proposal(provenance, drivers) } : texts;
        var cover = envelope.CoverLetter
            ? (ReadOnlySpan<Letter>)
            [
                CoverLetter.Write(
                    CoverText.SubjectOf(texts.Cover!),
                    CoverText.BlurbOf(texts.Cover!, provenance, texts),
                    patches,
                    envelope,
                    texts.RangeDiff),
            ]
            : [];
        var index = new SeriesFile(provenance, envelope, [.. mails.Select(mail => mail.FileName)]);
        return new PatchSeries(index, [.. cover, .. mails])
        {
            Generated = [.. texts.Generated],
            Proposals = [.. texts.Proposed],
            Dropped = [.. dropped],
        };
    }

    private static Patch PatchOf(Topic topic, IEnumerable<FileDiff> files, SenderTexts texts) =>
        new(topic.Subject, topic.Body, [.. files.OrderBy(file => file.Path)])
        {
            Notes = texts.Notes.GetValueOrDefault(topic.Name, ""),
        };
}

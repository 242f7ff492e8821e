// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Mail;

namespace Ksocket.Intree.Core.Series;

/// <summary>The plan as mail: the patches, a cover letter if requested, and the quilt series file.</summary>
/// <param name="Index">The quilt series file, with the provenance of the series.</param>
/// <param name="Letters">In sending order.</param>
public sealed record PatchSeries(SeriesFile Index, ImmutableArray<Letter> Letters)
{
    /// <summary>Every file in the folder of the series.</summary>
    public IEnumerable<Letter> Files => [.. Letters, new Letter(SeriesFile.Name, [SeriesFileWriter.Write(Index)])];

    /// <summary>Made from a tree.</summary>
    public static PatchSeries Of(
        PlannedSeries planned,
        Provenance provenance,
        Envelope envelope,
        CreatedFiles created,
        CoverNotes? notes = null)
    {
        var patches = planned.Patches.Select(patch => PatchOf(patch.Topic, patch.Changes.Select(created.DiffOf)));
        return Of([.. patches], provenance, envelope, notes);
    }

    /// <summary>
    /// Made again from a stored series, without its tree: the driver's files are bundled, and the hooks are in the stored
    /// patches. It fails for a feature added since: only the tree shows its variant.
    /// </summary>
    public static PatchSeries Remake(
        SeriesFile file,
        DriverSource driver,
        IReadOnlyDictionary<string, ByteString> letters,
        CreatedFiles created)
    {
        if (driver.Evidence.Features.FirstOrDefault(feature => !file.Provenance.Records(feature)) is { } unknown)
        {
            throw StoredHooks.NeedsTree(file, $"it does not record which variant of {unknown.Name} that kernel has");
        }

        var hooks = StoredHooks.In(file, driver, letters);
        var own = SeriesPlanner.OwnChanges(file.Provenance.FilesOf(driver));
        var patches = Topic.All.Where(own.Contains).Select(topic => PatchOf(
            topic,
            own[topic].Select(created.DiffOf).Concat(hooks.Where(hook => Topic.OfHook(hook.Part) == topic).Select(hook => hook.Diff))));
        return Of([.. patches], file.Provenance with { Driver = driver.Hash }, file.Envelope);
    }

    private static PatchSeries Of(ImmutableArray<Patch> patches, Provenance provenance, Envelope envelope, CoverNotes? notes = null)
    {
        var mails = PatchMail.Write(patches, envelope);
        var cover = envelope.CoverLetter
            ? (ReadOnlySpan<Letter>)
            [
                CoverLetter.Write(
                    CoverText.Subject,
                    CoverText.Blurb(provenance, notes?.Proved ?? ""),
                    patches,
                    envelope,
                    notes?.Since ?? default),
            ]
            : [];
        var index = new SeriesFile(provenance, envelope, [.. mails.Select(mail => mail.FileName)]);
        return new PatchSeries(index, [.. cover, .. mails]);
    }

    private static Patch PatchOf(Topic topic, IEnumerable<FileDiff> files) =>
        new(topic.Subject, topic.Body, [.. files.OrderBy(file => file.Path)]);
}

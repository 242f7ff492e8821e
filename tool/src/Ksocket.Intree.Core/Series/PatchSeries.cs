// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Mail;

namespace Ksocket.Intree.Core.Series;

/// <summary>The plan as mail: the patches, a cover letter where one is wanted, and the quilt series file.</summary>
/// <param name="Index">The quilt series file, with where all this comes from.</param>
/// <param name="Letters">In the order to send them.</param>
public sealed record PatchSeries(SeriesFile Index, ImmutableArray<Letter> Letters)
{
    /// <summary>Every file of the series' folder.</summary>
    public IEnumerable<Letter> Files => [.. Letters, new Letter(SeriesFile.Name, [SeriesFileWriter.Write(Index)])];

    /// <summary>Made from a tree.</summary>
    public static PatchSeries Of(PlannedSeries planned, Provenance provenance, Envelope envelope, CreatedFiles created, CoverNotes? notes = null) =>
        Of([.. planned.Patches.Select(patch => PatchOf(patch.Topic, patch.Changes.Select(created.DiffOf)))], provenance, envelope, notes);

    /// <summary>
    /// Made again from what a stored series recorded, without its tree: the driver's files are at hand, and the hooks
    /// stand in the stored patches. A feature that came up since is another matter: only the tree can tell its variant.
    /// </summary>
    public static PatchSeries Remake(SeriesFile file, DriverSource driver, IReadOnlyDictionary<string, ByteString> letters, CreatedFiles created)
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
            ? (ReadOnlySpan<Letter>)[CoverLetter.Write(CoverText.Subject, CoverText.Blurb(provenance, notes?.Proved ?? ""), patches, envelope, notes?.Since ?? default)]
            : [];
        return new PatchSeries(new SeriesFile(provenance, envelope, [.. mails.Select(mail => mail.FileName)]), [.. cover, .. mails]);
    }

    private static Patch PatchOf(Topic topic, IEnumerable<FileDiff> files) => new(topic.Subject, topic.Body, [.. files.OrderBy(file => file.Path)]);
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Mail;
using Ksocket.Intree.Core.Probing;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Series;

/// <summary>The kind of tree a series is for, as the user gave it; a tree does not record it.</summary>
public enum TreeKind
{
    Unknown,
    Vanilla,
    Distribution,
    Fork,
}

/// <summary>A feature as a series records it: the variant chosen, and the lines of the tree that show it.</summary>
public sealed record RecordedFeature(string Name, string Variant, ImmutableArray<string> Evidence)
{
    public static RecordedFeature Of(ProvenVariant proven) =>
        new(proven.Feature.Name, proven.Variant.Name, [.. proven.Sightings.Select(sighting => sighting.ToString())]);
}

/// <summary>A file of the kernel that a series changes, and its blob id when the series was made.</summary>
public sealed record PreImage(TreePath Path, string Blob);

/// <summary>A driver of the user in a series: where it lands, and which one it was.</summary>
public sealed record SeriesDriver(TreePath Folder, string Hash);

/// <summary>Where a series comes from: enough to make it again without the tree, as long as its hooks stay the same.</summary>
/// <param name="Kernel">The exact release, for example "6.12.107".</param>
/// <param name="Origin">Where the tree came from, as free text; empty if not given.</param>
/// <param name="Driver">The hash of ksocket; see <see cref="DriverSource.Hash"/>. Empty for a series without it.</param>
public sealed record Provenance(
    string Kernel,
    TreeKind Kind,
    string Origin,
    string Driver,
    ImmutableArray<Part> Parts,
    ImmutableArray<RecordedFeature> Features,
    ImmutableArray<PreImage> PreImages)
{
    /// <summary>The drivers of --with, in the order of their patches.</summary>
    public ImmutableArray<SeriesDriver> With { get; init; } = [];

    /// <summary>The kernel line, for example "6.12".</summary>
    public string Line => string.Join('.', Kernel.Split('.', '-').Take(2));

    public static Provenance Of(
        PlannedSeries series, IReadOnlyList<Part> parts, TreeKind kind, string origin) => new(
        series.Version.ToString(),
        kind,
        origin,
        series.Drivers.FirstOrDefault(driver => driver.IsBundled)?.Hash ?? "",
        [.. parts],
        [.. series.Features.Variants.Select(RecordedFeature.Of)],
        [
            .. (from patch in series.Patches
                from change in patch.Changes
                where change.Before is not null && series.Drivers.Any(driver => driver.Hooks.Any(hook => hook.Path == change.Path))
                select new PreImage(change.Path, BlobId.Of(change.Before!.Bytes))).DistinctBy(image => image.Path),
        ])
    {
        With = [.. series.Drivers.Where(driver => !driver.IsBundled).Select(driver => new SeriesDriver(driver.Folder, driver.Hash))],
    };

    /// <summary>Those of these drivers that the series has; refuses a series with a driver that is not among them.</summary>
    public ImmutableArray<DriverSource> DriversAmong(IReadOnlyList<DriverSource> drivers)
    {
        if (With.FirstOrDefault(own => drivers.All(driver => driver.Folder != own.Folder)) is { } missing)
        {
            throw IntreeFailure.NotUnderstood(
                $"the series for {Kernel} has the driver {missing.Folder}, and its folder is not named",
                $"add --with DIR:{missing.Folder}");
        }

        // In the order of the series, whatever the order of the command line.
        return
        [
            .. drivers.Where(driver => driver.IsBundled && Driver.Length > 0),
            .. With.Select(own => drivers.First(driver => driver.Folder == own.Folder)),
        ];
    }

    /// <summary>The same for the drivers as they are now.</summary>
    public Provenance Of(ImmutableArray<DriverSource> drivers) => this with
    {
        Driver = drivers.FirstOrDefault(driver => driver.IsBundled)?.Hash ?? "",
        With = [.. drivers.Where(driver => !driver.IsBundled).Select(driver => new SeriesDriver(driver.Folder, driver.Hash))],
    };

    /// <summary>Whether it records which variant of a feature the kernel has.</summary>
    public bool Records(Feature feature) => Features.Any(
        recorded => recorded.Name == feature.Name && feature.Variants.Any(variant => variant.Name == recorded.Variant));

    /// <summary>The files to install in a kernel with these features.</summary>
    public IReadOnlyDictionary<TreePath, TreeFile> FilesOf(DriverSource driver) =>
        driver.Files
            .Where(file => Parts.Contains(file.Part) && (file.Variant is null || Has(file.Feature, file.Variant)))
            .ToDictionary(file => file.Path, file => file.Landed);

    private bool Has(string feature, string variant) =>
        Features.Any(recorded => recorded.Name == feature && recorded.Variant == variant);
}

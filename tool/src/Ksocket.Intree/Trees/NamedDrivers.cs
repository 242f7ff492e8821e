// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Files;
using Ksocket.Intree.Git;

namespace Ksocket.Intree.Trees;

/// <summary>The drivers that a verb means: ksocket, and those of --with, in the order of their dependencies.</summary>
internal static class NamedDrivers
{
    /// <param name="with">The values of --with.</param>
    /// <param name="only">Whether ksocket is left out.</param>
    public static ImmutableArray<DriverSource> Read(string[]? with, bool only) =>
        DriverOrder.Of(WithBundled((with ?? []).Select(name => Open(name) ?? throw NotThere(name)), only));

    /// <summary>As <see cref="Read"/>, but a name may also be that of a driver that the tree records; its folder may be gone.</summary>
    /// <param name="all">Whether every driver that the tree records is meant, too.</param>
    /// <param name="asRecorded">Whether a driver that the tree records is meant as it was written, whatever its folder has now.</param>
    public static ImmutableArray<DriverSource> In(KernelTree tree, string[]? with, bool only, bool all = false, bool asRecorded = false)
    {
        var recorded = RecordedDriver.AllIn(StateFile.In(tree));
        var named = (with ?? []).Select(name => (asRecorded ? Recorded(recorded, name) : null)
            ?? Find(recorded, name) ?? throw NotThere(name)).ToList();
        var others = all ? recorded.Where(driver => named.TrueForAll(other => other.Folder != driver.Folder)) : [];
        return DriverOrder.Recorded(WithBundled(named.Concat(others), only));
    }

    private static List<DriverSource> WithBundled(IEnumerable<DriverSource> named, bool only) =>
        [.. only ? (DriverSource[])[] : [DriverSource.Bundled], .. named];

    /// <summary>A driver of the tree by its place or its name, also as the last word of a path.</summary>
    private static DriverSource? Recorded(ImmutableArray<DriverSource> recorded, string name)
    {
        var path = name.TrimEnd('/');
        if (PlaceIn(path) is { } place)
        {
            return recorded.FirstOrDefault(driver => driver.Folder == place);
        }

        return recorded.FirstOrDefault(driver => driver.Folder.ToString() == path)
            ?? recorded.Where(driver => driver.Name == Path.GetFileName(path)).ToList() switch
            {
                [] => null,
                [var one] => one,
                var several => throw IntreeFailure.NotUnderstood(
                    $"--with {name}: the tree has {string.Join(" and ", several.Select(driver => driver.Folder))}",
                    "name one by its place"),
            };
    }

    /// <summary>The place in FOLDER:PLACE or REPO@REV:FOLDER:PLACE; null if there is none.</summary>
    private static TreePath? PlaceIn(string name)
    {
        var (first, colon) = (name.IndexOf(':', StringComparison.Ordinal), name.LastIndexOf(':'));
        var isFolder = first == colon && name.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at && at < colon;
        return colon > 0 && !isFolder ? TreePath.TryParse(ByteString.OfText(name[(colon + 1)..])) : null;
    }

    /// <summary>
    /// A driver by its place in the tree, by its folder, or by its name. A folder without a place is meant for the place that
    /// the tree records, if it has a driver of that name elsewhere.
    /// </summary>
    private static DriverSource? Find(ImmutableArray<DriverSource> recorded, string name)
    {
        if (recorded.FirstOrDefault(driver => driver.Folder.ToString() == name.TrimEnd('/')) is { } placed)
        {
            return placed;
        }

        if (Open(name) is not { } opened)
        {
            return recorded.FirstOrDefault(driver => driver.Name == name);
        }

        var elsewhere = recorded.Any(driver => driver.Folder == opened.Folder)
            ? null
            : recorded.FirstOrDefault(driver => driver.Name == opened.Name);
        return elsewhere is null ? opened : TryOpen(name, elsewhere.Folder) ?? opened;
    }

    /// <summary>Null if there is no such folder.</summary>
    private static DriverSource? Open(string name)
    {
        if (TryOpen(name, place: null) is { } whole)
        {
            return whole;
        }

        // The colon before the place is the last one; REPO@REV:FOLDER has one of its own.
        var colon = name.LastIndexOf(':');
        if (colon <= 0)
        {
            return null;
        }

        var (folder, words) = (name[..colon], name[(colon + 1)..]);
        return TreePath.TryParse(ByteString.OfText(words.TrimEnd('/'))) is { } place ? TryOpen(folder, place)
            : IsFolder(folder) ? throw NoPlace(folder, words)
            : null;
    }

    /// <summary>Whether a name without a place is a folder, so that what follows it must be a place.</summary>
    private static bool IsFolder(string name) => Directory.Exists(name)
        || (CommitName.TryParse(name) is { } commit && commit.Inside != TreePath.Top);

    private static DriverSource? TryOpen(string name, TreePath? place)
    {
        if (Directory.Exists(name))
        {
            using var folder = FolderTree.OpenAny(name);
            return DriverFolder.Read(folder, name, place, Path.GetFileName(Path.GetFullPath(name).TrimEnd('/')));
        }

        if (CommitName.TryParse(name) is not { } commit || (place is null && IsPlaced(commit)))
        {
            return null;
        }

        using var tree = CommitTree.Open(commit);
        var proposed = commit.Inside == TreePath.Top
            ? Path.GetFileName(Path.GetFullPath(commit.Repository).TrimEnd('/'))
            : commit.Inside.Name.ToString();
        return DriverFolder.Read(tree, name, place, proposed.EndsWith(".git", StringComparison.Ordinal) ? proposed[..^4] : proposed);
    }

    /// <summary>Whether what seems to be a folder of a commit ends in a place: REPO@REV:FOLDER:drivers/NAME.</summary>
    private static bool IsPlaced(CommitName commit) => commit.Inside.ToString().Contains(':', StringComparison.Ordinal);

    private static IntreeFailure NoPlace(string folder, string place) => IntreeFailure.NotUnderstood(
        $"--with {folder}:{place}: '{place}' is no place for a driver",
        $"name a folder of the kernel after the colon, such as {folder}:drivers/NAME");

    private static IntreeFailure NotThere(string name) => IntreeFailure.NotUnderstood(
        $"--with {name}: there is no such folder",
        "name the folder of a driver, or one of a commit as REPO@REV:FOLDER; to say where it lands, add :drivers/NAME");
}

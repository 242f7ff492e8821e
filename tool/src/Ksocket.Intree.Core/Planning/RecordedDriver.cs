// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Planning;

/// <summary>A driver of the user as the state file records it: enough to find and remove it without its folder.</summary>
/// <param name="Hash">See <see cref="DriverSource.Hash"/>.</param>
/// <param name="Files">The paths that it wrote; their bytes are in the state file.</param>
/// <param name="Maintainers">The entry of MAINTAINERS that was written; null for none.</param>
public sealed record RecordedDriver(string Hash, ImmutableSortedSet<TreePath> Files, string? Maintainers)
{
    /// <summary>The line of each defconfig or fragment that --defconfig wrote for the driver's symbol.</summary>
    public ImmutableSortedDictionary<TreePath, ConfigLine> Defconfigs { get; init; } =
        ImmutableSortedDictionary<TreePath, ConfigLine>.Empty;

    /// <param name="before">What an earlier apply recorded of it, with other parts perhaps.</param>
    public static RecordedDriver Of(PlannedDriver planned, IEnumerable<TreePath> files, RecordedDriver? before)
    {
        var record = Of(planned.Driver, files, before);
        return record with
        {
            Files = record.Files.Union(before?.Files ?? []),
            Maintainers = EntryOf(planned.Driver, planned.Plan.Parts) ?? before?.Maintainers,
        };
    }

    /// <summary>All parts of a driver, as they are written now.</summary>
    /// <param name="before">What was recorded of it earlier, whose defconfigs stay.</param>
    public static RecordedDriver Of(DriverSource driver, IEnumerable<TreePath> files, RecordedDriver? before) =>
        (before ?? new("", [], null)) with
        {
            Hash = driver.Hash,
            Files = [.. files],
            Maintainers = EntryOf(driver, Parts.All) ?? before?.Maintainers,
        };

    /// <summary>The drivers that a state file records, in the order of their dependencies.</summary>
    public static ImmutableArray<DriverSource> AllIn(StateFile? state) => state is null ? []
        : DriverOrder.Recorded([.. state.Drivers.Select(one => one.Value.Read(one.Key, state)).OfType<DriverSource>()]);

    /// <summary>
    /// Why this cannot be what apply recorded: files of a driver that no symbol enables, or that kconfig cannot read. Null for
    /// nothing, or if the state file has not all of them.
    /// </summary>
    internal string? FaultIn(TreePath folder, StateFile state)
    {
        try
        {
            if (Files.All(path => Landing.PartOf(path) != Part.Driver) || TryUnpack(state, Files.Where(IsForKbuild)) is not { } files)
            {
                return null;
            }

            var driver = AsDriver(folder, files);
            _ = DriverSymbols.In(driver); // reads the Kconfig files that no hook names
            return IsEnabled(driver) ? null : $"of its driver {folder} it has no Kconfig with a symbol that the makefile names";
        }
        catch (IntreeFailure unreadable)
        {
            return $"what it records of its driver {folder} is damaged: {unreadable.Message}";
        }
    }

    /// <summary>The driver as it was written; null if the state file has not all of its files, or none that enable it.</summary>
    internal DriverSource? Read(TreePath folder, StateFile state) =>
        TryUnpack(state, Files) is { } files && AsDriver(folder, files) is var driver && IsEnabled(driver) ? driver : null;

    private DriverSource AsDriver(TreePath folder, IReadOnlyDictionary<TreePath, ByteString> files) =>
        DriverSource.Installed(folder, files, Maintainers is null ? null : ByteString.OfText(Maintainers), Hash);

    private static string? EntryOf(DriverSource driver, IEnumerable<Part> parts) =>
        driver.Hooks.FirstOrDefault(hook => hook.Kind == HookKind.Maintainers && parts.Contains(hook.Part))?.Text.ToString();

    /// <summary>Not so if only its pages were written by apply, and its sources by git am.</summary>
    private static bool IsEnabled(DriverSource driver) => driver.Hooks.Any(hook => hook.Part == Part.Driver && hook.Symbol is not null);

    private static bool IsForKbuild(TreePath path) => path.IsNamed("Kconfig") || path.IsNamed("Makefile") || path.IsNamed("Kbuild");

    /// <summary>Files as they were written; null if the state file has not all of them.</summary>
    private static Dictionary<TreePath, ByteString>? TryUnpack(StateFile state, IEnumerable<TreePath> paths)
    {
        var files = new Dictionary<TreePath, ByteString>();
        foreach (var path in paths)
        {
            if (state.Files.GetValueOrDefault(path)?.Unpack() is not { } bytes)
            {
                return null;
            }

            files.Add(path, bytes);
        }

        return files;
    }
}

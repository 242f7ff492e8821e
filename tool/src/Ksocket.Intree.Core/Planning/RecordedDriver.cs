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
    /// <param name="before">What an earlier apply recorded of it, with other parts perhaps.</param>
    public static RecordedDriver Of(PlannedDriver planned, IEnumerable<TreePath> files, RecordedDriver? before) => new(
        planned.Driver.Hash,
        [.. files, .. before?.Files ?? []],
        planned.Driver.Hooks.FirstOrDefault(hook => hook.Kind == HookKind.Maintainers && planned.Plan.Parts.Contains(hook.Part)) is { } hook
            ? hook.Text.ToString()
            : before?.Maintainers);

    /// <summary>The drivers that a state file records, in the order of their dependencies.</summary>
    public static ImmutableArray<DriverSource> AllIn(StateFile? state) => state is null ? []
        : DriverOrder.Of([.. state.Drivers.Select(one => one.Value.Read(one.Key, state)).OfType<DriverSource>()]);

    /// <summary>The driver as it was written; null if the state file has not all of its files.</summary>
    private DriverSource? Read(TreePath folder, StateFile state)
    {
        var files = new Dictionary<TreePath, ByteString>();
        foreach (var path in Files)
        {
            if (state.Files.GetValueOrDefault(path)?.Unpack() is not { } bytes)
            {
                return null;
            }

            files.Add(path, bytes);
        }

        return DriverSource.Installed(folder, files, Maintainers is null ? null : ByteString.OfText(Maintainers), Hash);
    }
}

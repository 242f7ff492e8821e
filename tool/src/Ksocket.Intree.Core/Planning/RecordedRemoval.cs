// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Planning;

/// <summary>
/// What remove may take of a user's driver: what the state file says was written. That the tree has the same bytes as the
/// driver's folder is no proof: the folder may be a copy of one of the kernel.
/// </summary>
internal static class RecordedRemoval
{
    /// <param name="plan">The removal by content.</param>
    /// <param name="unrecorded">Whether the user vouches for what is not recorded, as after git am.</param>
    public static RemovalPlan Of(KernelTree tree, DriverSource driver, RemovalPlan plan, bool unrecorded)
    {
        if (driver.IsBundled || plan.IsDone || unrecorded)
        {
            return plan;
        }

        if (StateFile.In(tree)?.Drivers.GetValueOrDefault(driver.Folder) is not { } record)
        {
            throw IntreeFailure.InTheWay(
                $"{tree.Name} has {driver.Folder}, and {StateFile.Path} does not record that ksocket-intree wrote it",
                "nothing was removed; if it came with git am or patch, and is not the kernel's own, add --force");
        }

        var left = Staging.LeftIn(tree, driver, Parts.All).ToHashSet();
        return plan with
        {
            Changes =
            [
                .. plan.Changes.Where(change => change.After is not null
                    || record.Files.Contains(change.Path)
                    || left.Contains(change.Path)
                    || driver.OwnFolders.Any(own => change.Path.IsBelow(own))),
            ],
        };
    }
}

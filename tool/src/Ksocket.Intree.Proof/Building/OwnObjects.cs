// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof.Building;

/// <summary>
/// What an earlier build made of the drivers of the user. kbuild keeps objects of sources that it no longer builds, and
/// another driver may have been at the same place: they would pass for those of this build.
/// </summary>
internal static class OwnObjects
{
    public static void Delete(string output, ProvedDrivers drivers) => WorkDisk.Try(output, () =>
    {
        foreach (var folder in drivers.Own.Select(driver => Path.Combine(output, driver.Folder.ToString())).Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }
    });
}

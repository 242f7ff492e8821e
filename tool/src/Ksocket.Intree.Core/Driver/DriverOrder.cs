// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Kbuild;

namespace Ksocket.Intree.Core.Driver;

/// <summary>Puts drivers in order: one that depends on another in Kconfig comes after it; else they stay as given.</summary>
public static class DriverOrder
{
    public static ImmutableArray<DriverSource> Of(IReadOnlyList<DriverSource> drivers)
    {
        Refuse(drivers);
        return Ordered(drivers, refusesCircles: true);
    }

    /// <summary>The order of drivers that are in a tree. Only two for one place are refused, or the others could not be removed.</summary>
    public static ImmutableArray<DriverSource> Recorded(IReadOnlyList<DriverSource> drivers)
    {
        RefuseOnePlace(drivers);
        return Ordered(drivers, refusesCircles: false);
    }

    private static ImmutableArray<DriverSource> Ordered(IReadOnlyList<DriverSource> drivers, bool refusesCircles)
    {
        var ordered = new List<DriverSource>();
        var open = new List<DriverSource>();
        foreach (var driver in drivers)
        {
            Add(driver, drivers, ordered, open, refusesCircles);
        }

        return [.. ordered];
    }

    private static void Add(
        DriverSource driver, IReadOnlyList<DriverSource> all, List<DriverSource> ordered, List<DriverSource> open, bool refusesCircles)
    {
        if (ordered.Contains(driver) || (open.Contains(driver) && !refusesCircles))
        {
            return;
        }

        if (open.Contains(driver))
        {
            var names = open.Skip(open.IndexOf(driver)).Append(driver).Select(one => one.Name);
            throw IntreeFailure.NotUnderstood(
                $"the drivers depend on each other in a circle: {string.Join(" -> ", names)}",
                "kconfig refuses that, too; take one 'depends on' out");
        }

        open.Add(driver);
        var needed = NeededBy(driver);
        foreach (var other in all.Where(other => other != driver && DriverSymbols.In(other).Any(needed.Contains)))
        {
            Add(other, all, ordered, open, refusesCircles);
        }

        open.Remove(driver);
        ordered.Add(driver);
    }

    private static void RefuseOnePlace(IEnumerable<DriverSource> drivers)
    {
        if (drivers.GroupBy(driver => driver.Folder).FirstOrDefault(group => group.Count() > 1) is { } several)
        {
            throw IntreeFailure.NotUnderstood($"two drivers land at {several.Key}", "give one another place: DIR:drivers/NAME");
        }
    }

    private static void Refuse(IReadOnlyList<DriverSource> drivers)
    {
        RefuseOnePlace(drivers);
        for (var at = 0; at < drivers.Count; at++)
        {
            foreach (var other in drivers.Skip(at + 1))
            {
                if (drivers[at].Folder.IsBelow(other.Folder) || other.Folder.IsBelow(drivers[at].Folder))
                {
                    throw IntreeFailure.NotUnderstood(
                        $"{drivers[at].Folder} and {other.Folder}: a driver cannot land in the folder of another",
                        "one could not be removed without the other; give it another place: DIR:drivers/NAME");
                }

                if (drivers[at].Files.IntersectBy(other.Files.Select(file => file.Path), file => file.Path).FirstOrDefault() is { } shared)
                {
                    throw IntreeFailure.NotUnderstood(
                        $"{drivers[at].Name} and {other.Name} both have {shared.Path}",
                        "removing one would take it from the other; let only one of them have it");
                }

                if (DriverSymbols.In(drivers[at]).Intersect(DriverSymbols.In(other)).FirstOrDefault() is { } symbol)
                {
                    throw IntreeFailure.NotUnderstood(
                        $"{drivers[at].Name} and {other.Name} both define CONFIG_{symbol}",
                        "kconfig would take both entries for one; name one of them otherwise");
                }
            }
        }
    }

    private static HashSet<string> NeededBy(DriverSource driver) =>
    [
        .. from statement in DriverSymbols.Statements(driver)
           where statement.Keyword.NeedsSymbols()
           from word in statement.Argument.ToString().Split((char[])[' ', '\t', '(', ')', '!', '&', '|', '='])
           select word,
    ];
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Files;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Proof.Building;

/// <summary>Checks that a build contains the drivers: it can succeed without them.</summary>
public static partial class SymbolCheck
{
    /// <summary>
    /// Throws if System.map of an image, or Module.symvers of modules, lacks an exported call of ksocket, or if the build made
    /// no object of another driver.
    /// </summary>
    /// <returns>What was found, for a sentence.</returns>
    public static string Run(FolderTree source, string output, Form form, IReadOnlyList<DriverSource> drivers)
    {
        var found = new List<string>();
        if (drivers.Any(driver => driver.IsBundled))
        {
            RunOnCalls(source, output, form);
            found.Add(form == Form.Module ? "modpost resolved every exported call" : "every exported call is in System.map");
        }

        foreach (var driver in drivers.Where(driver => !driver.IsBundled && source.KindOf(driver.Folder) == EntryKind.Folder))
        {
            found.Add(IsBuilt(Path.Combine(output, driver.Folder.ToString()))
                ? $"{driver.Folder} was built"
                : throw IntreeFailure.NotProven(
                    $"the build made no object in {driver.Folder}", $"does its makefile build anything for CONFIG_{driver.Symbol}?"));
        }

        return string.Join(", ", found);
    }

    private static void RunOnCalls(FolderTree source, string output, Form form)
    {
        var exported = Exported(source);
        var table = Path.Combine(output, form == Form.Module ? "Module.symvers" : "System.map");
        if (exported.Count == 0 || !File.Exists(table))
        {
            throw IntreeFailure.NotProven(
                exported.Count == 0 ? "drivers/ksocket exports nothing" : $"the build produced no {Path.GetFileName(table)}");
        }

        var symbols = File.ReadLines(table).SelectMany(line => line.Split((char[])[' ', '\t'])).ToHashSet(StringComparer.Ordinal);
        if (exported.FirstOrDefault(name => !symbols.Contains(name)) is { } lost)
        {
            throw IntreeFailure.NotProven($"{lost} is exported by drivers/ksocket, but missing in {Path.GetFileName(table)}");
        }
    }

    private static bool IsBuilt(string folder) => Directory.Exists(folder)
        && Directory.EnumerateFiles(folder, "*.o", SearchOption.AllDirectories).Any();

    private static HashSet<string> Exported(FolderTree source) =>
        source.EntriesBelow(DriverSource.Bundled.Folder).Where(path => path.EndsIn(".c"))
            .SelectMany(path => Exports().Matches(source.Read(path).ToString()).Select(match => match.Groups["name"].Value))
            .ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex(@"^EXPORT_SYMBOL(_GPL)?\((?<name>\w+)\)", RegexOptions.Multiline)]
    private static partial Regex Exports();
}

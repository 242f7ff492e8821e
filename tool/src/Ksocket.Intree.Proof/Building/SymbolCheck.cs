// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Files;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Proof.Building;

/// <summary>Checks that the build contains every exported call: a build can succeed without the driver.</summary>
public static partial class SymbolCheck
{
    /// <summary>Throws if System.map of an image, or Module.symvers of modules, lacks an exported call.</summary>
    public static void Run(FolderTree source, string output, Form form)
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

    private static HashSet<string> Exported(FolderTree source) =>
        source.EntriesBelow(DriverSource.Bundled.Folder).Where(path => path.EndsIn(".c"))
            .SelectMany(path => Exports().Matches(source.Read(path).ToString()).Select(match => match.Groups["name"].Value))
            .ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex(@"^EXPORT_SYMBOL(_GPL)?\((?<name>\w+)\)", RegexOptions.Multiline)]
    private static partial Regex Exports();
}

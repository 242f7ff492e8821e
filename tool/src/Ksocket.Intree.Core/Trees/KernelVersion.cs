// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using System.Text.RegularExpressions;

namespace Ksocket.Intree.Core.Trees;

/// <summary>
/// What the tree's top Makefile says of itself, read as text. It labels a tree; it never decides about an API.
/// </summary>
public sealed partial record KernelVersion(int Version, int Patchlevel, int Sublevel, string Extra)
{
    /// <summary>The kernel line, as "6.12".</summary>
    public string Line => $"{Version}.{Patchlevel}";

    public override string ToString() => $"{Line}.{Sublevel}{Extra}";

    /// <summary>Reads the version, or refuses what is not the top of a kernel tree.</summary>
    public static KernelVersion Read(KernelTree tree)
    {
        var makefile = tree.TryReadText("Makefile") ?? throw NotAKernel(tree, "it has no Makefile");
        var values = Assignments().Matches(makefile)
            .GroupBy(match => match.Groups["name"].Value)
            .ToDictionary(group => group.Key, group => group.First().Groups["value"].Value);

        if (Number("VERSION") is not { } version || Number("PATCHLEVEL") is not { } patchlevel)
        {
            throw NotAKernel(tree, "its Makefile sets no VERSION and PATCHLEVEL");
        }

        foreach (var path in (ReadOnlySpan<string>)["Kconfig", "drivers/Makefile"])
        {
            if (tree.KindOf(path) == EntryKind.Missing)
            {
                throw NotAKernel(tree, $"it has no {path}");
            }
        }

        return new KernelVersion(version, patchlevel, Number("SUBLEVEL") ?? 0, values.GetValueOrDefault("EXTRAVERSION", ""));

        int? Number(string name) =>
            int.TryParse(values.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static IntreeFailure NotAKernel(KernelTree tree, string because) => IntreeFailure.NotUnderstood(
        $"{tree.Name} is not a Linux source tree: {because}",
        "name the top folder of a kernel tree, the one that holds Kconfig, Makefile and drivers/");

    [GeneratedRegex(@"^(?<name>VERSION|PATCHLEVEL|SUBLEVEL|EXTRAVERSION)[ \t]*=[ \t]*(?<value>\S*)[ \t]*\r?$", RegexOptions.Multiline)]
    private static partial Regex Assignments();
}

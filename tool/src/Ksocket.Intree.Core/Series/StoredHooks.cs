// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Mail;

namespace Ksocket.Intree.Core.Series;

/// <summary>A hook's section of a stored patch.</summary>
internal sealed record StoredHook(Part Part, FileDiff Diff);

/// <summary>
/// Finds the hooks in the patches of a stored series. Their context lines and blob names come from a tree that is not
/// at hand, so they are taken as they stand; a hook whose own lines have changed since cannot be made again.
/// </summary>
internal static class StoredHooks
{
    private const string SectionStart = "diff --git a/";

    public static IReadOnlyList<StoredHook> In(SeriesFile file, DriverSource driver, IReadOnlyDictionary<string, string> letters)
    {
        var sections = file.Patches.SelectMany(patch => Sections(letters.GetValueOrDefault(patch) ?? "")).ToList();
        return [.. driver.Hooks.Where(hook => file.Provenance.Parts.Contains(hook.Part)).Select(hook => Find(file, hook, sections))];
    }

    private static StoredHook Find(SeriesFile file, Hook hook, List<string> sections)
    {
        var section = sections.Find(section => section.StartsWith($"{SectionStart}{hook.Path} b/{hook.Path}\n", StringComparison.Ordinal)) ?? throw NeedsTree(file, $"its patches do not touch {hook.Path}");
        var added = section.Split('\n').SkipWhile(line => !line.StartsWith("@@ ", StringComparison.Ordinal)).Where(line => line.StartsWith('+')).Select(line => line[1..]).ToList();
        var ours = hook.Text.Split('\n');
        if (!added.Where(line => line.Length > 0).SequenceEqual(ours) || section.Split('\n').Count(line => line.StartsWith("@@ ", StringComparison.Ordinal)) != 1)
        {
            throw NeedsTree(file, $"what they put into {hook.Path} is not what the driver puts there today");
        }

        return new StoredHook(hook.Part, new FileDiff(hook.Path, Created: false, added.Count, Removed: 0, section));
    }

    /// <summary>The sections of a patch, each from its "diff" line to the next, without what git puts after the last.</summary>
    private static IEnumerable<string> Sections(string letter)
    {
        var end = letter.IndexOf("\n\nbase-commit: ", StringComparison.Ordinal);
        var text = end < 0 ? letter : letter[..(end + 1)];
        for (var at = text.IndexOf("\n" + SectionStart, StringComparison.Ordinal); at >= 0;)
        {
            var next = text.IndexOf("\n" + SectionStart, at + 1, StringComparison.Ordinal);
            yield return next < 0 ? text[(at + 1)..] : text[(at + 1)..(next + 1)];
            at = next;
        }
    }

    internal static IntreeFailure NeedsTree(SeriesFile file, string because) => IntreeFailure.NotUnderstood(
        $"the series for {file.Provenance.Kernel} cannot be made again without its tree: {because}",
        "make it from the tree: ksocket-intree series TREE -o DIR");
}

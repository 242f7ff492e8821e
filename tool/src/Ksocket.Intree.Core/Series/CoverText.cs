// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Driver;

namespace Ksocket.Intree.Core.Series;

/// <summary>The text of the cover letter: what the sender says, and what is known of the series.</summary>
internal static class CoverText
{
    /// <summary>The subject, an empty line and the text of a first cover letter. It claims nothing that a proof must show.</summary>
    public static string Proposal(Provenance provenance, ImmutableArray<DriverSource> drivers)
    {
        var driver = drivers[0];
        var written = provenance.Parts.Where(part => driver.Files.Any(file => file.Part == part)).ToList();
        var with = written switch
        {
            var parts when parts.Contains(Part.Samples) && parts.Contains(Part.Docs) => ",\nsamples and documentation",
            var parts when parts.Contains(Part.Samples) => "\nand samples",
            var parts when parts.Contains(Part.Docs) => "\nand documentation",
            _ => "",
        };
        var tests = driver.Topics.All.Any(topic => topic.Name == "tests") ? ", with KUnit tests" : "";
        var text = driver.Words.Cover is { Length: > 0 } own
            ? own.TrimEnd('\n')
            : $"{driver.Topics.All[0].Subject}\n\nThis series adds {driver.Name}";
        var others = string.Join(" and ", drivers.Skip(1).Select(other => other.Name));
        var more = others.Length == 0 ? "" : $"\nThe last patches add {others}.";
        return $"""
            {text}{tests}{with}.{more}
            The only existing files it changes are those that list others.

            """;
    }

    public static string SubjectOf(string cover) => cover.Split('\n')[0].Trim();

    /// <summary>The sender's text, then what is known of the series.</summary>
    public static string BlurbOf(string cover, Provenance provenance, SenderTexts texts)
    {
        var own = string.Join('\n', cover.Split('\n').Skip(1)).Trim('\n');
        var variants = string.Join("\n", provenance.Features.Select(feature => $"  {feature.Name}: {feature.Variant}"));
        string[] paragraphs =
        [
            own.Length > 0 ? own + "\n" : "",
            provenance.Features.IsEmpty
                ? $"Made for linux {provenance.Kernel}.\n"
                : $"Made for linux {provenance.Kernel}. Where kernels differ, this one has:\n\n{variants}\n",
            texts.Proved,
            ChangeLog(texts),
        ];
        return string.Join('\n', paragraphs.Where(paragraph => paragraph.Length > 0));
    }

    /// <summary>What changed in each revision, the last one first; empty for a first revision.</summary>
    public static string ChangeLog(SenderTexts texts) => string.Join('\n', texts.Changes.Reverse()
        .Where(change => change.Value.Length > 0)
        .Select(change => $"Changes since v{change.Key - 1}{LinkTo(texts, change.Key - 1)}:\n{change.Value}"));

    private static string LinkTo(SenderTexts texts, int revision) =>
        texts.Links.TryGetValue(revision, out var id) ? $" (https://lore.kernel.org/r/{id})" : "";
}

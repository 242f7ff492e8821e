// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Probing;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Planning;

/// <summary>A line of a file that drifted: ' ' in both, '-' the driver's, '+' the tree's, '@' for omitted lines.</summary>
public readonly record struct DriftLine(char Sign, string Text);

/// <summary>How a file in a tree differs from the driver's, for display; not a patch.</summary>
public sealed record Drift(TreePath Path, ImmutableArray<DriftLine> Lines)
{
    private const int Context = 3;

    /// <summary>Every file of ours that differs from this release. Without features, variants are skipped.</summary>
    public static IEnumerable<Drift> In(KernelTree tree, DriverSource driver, TreeStatus status, FeatureSet? features) =>
        from finding in status.Of(Standing.Changed, Standing.Older, Standing.WrongVariant)
        where finding.Line is null
        let forms = driver.Files.Where(file => file.Path == finding.Path).ToList()
        let wanted = forms.Find(file => file.Variant is null || file.Variant == features?.VariantOf(file.Feature))
        where wanted is not null && tree.KindOf(finding.Path) == EntryKind.File
        select new Drift(finding.Path, Between(wanted.Bytes.ToString(), tree.Read(finding.Path).ToString()));

    private static ImmutableArray<DriftLine> Between(string driver, string tree)
    {
        var all = InlineDiffBuilder.Diff(driver, tree, ignoreWhiteSpace: false).Lines;
        var shown = new bool[all.Count];
        for (var at = 0; at < all.Count; at++)
        {
            if (all[at].Type != ChangeType.Unchanged)
            {
                Array.Fill(shown, true, Math.Max(0, at - Context), Math.Min(all.Count, at + Context + 1) - Math.Max(0, at - Context));
            }
        }

        var lines = ImmutableArray.CreateBuilder<DriftLine>();
        var left = 0;
        for (var at = 0; at < all.Count; at++)
        {
            left += shown[at] ? 0 : 1;
            if (shown[at])
            {
                if (left > 0)
                {
                    lines.Add(new DriftLine('@', $"{left} lines as the driver has them"));
                    left = 0;
                }

                var sign = all[at].Type switch { ChangeType.Inserted => '+', ChangeType.Deleted => '-', _ => ' ' };
                lines.Add(new DriftLine(sign, all[at].Text));
            }
        }

        return lines.ToImmutable();
    }
}

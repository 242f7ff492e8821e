// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Probing;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Planning;

/// <summary>
/// Finds what a tree holds of the integration, by content: the wiring and the driver's files. It needs no state
/// file and no probe, so it also reads trees wired by git am or patch, and trees the probe would refuse.
/// </summary>
public sealed class Inspector
{
    private readonly KernelTree _tree;
    private readonly DriverSource _driver;
    private readonly Manifest? _manifest;

    private Inspector(KernelTree tree, DriverSource driver)
    {
        Links.Refuse(tree, Manifest.Path);
        (_tree, _driver, _manifest) = (tree, driver, Manifest.In(tree));
    }

    /// <summary>Looks at the parts named, or at whatever parts are there. With features, also at which variant landed.</summary>
    public static TreeStatus Inspect(KernelTree tree, DriverSource driver, FeatureSet? features = null, IReadOnlyList<Part>? parts = null)
    {
        var inspector = new Inspector(tree, driver);
        var all = (parts ?? Parts.All).SelectMany(part => inspector.Look(part, features)).ToImmutableArray();
        var there = parts?.ToImmutableArray() ?? WhatIsThere(all);
        var findings = all.Where(finding => there.Contains(finding.Part)).ToImmutableArray();
        return new TreeStatus(Judge(findings), there, findings);
    }

    /// <summary>The parts of which something is ours; or, where nothing is, those in whose place something stands.</summary>
    private static ImmutableArray<Part> WhatIsThere(ImmutableArray<Finding> all)
    {
        var ours = all.Where(IsOurs).Select(finding => finding.Part).ToHashSet();
        var any = ours.Count > 0 ? ours : all.Where(finding => finding.Standing != Standing.Absent).Select(finding => finding.Part).ToHashSet();
        return [.. Parts.All.Where(any.Contains)];
    }

    private static bool IsOurs(Finding finding) => finding.Line is null && finding.Standing is Standing.Present or Standing.Older or Standing.WrongVariant;

    private static PlanState Judge(ImmutableArray<Finding> findings)
    {
        var standings = findings.Where(finding => finding.Standing != Standing.Derived).Select(finding => finding.Standing).ToHashSet();
        var ours = findings.Any(IsOurs);

        return standings.All(standing => standing == Standing.Absent) ? PlanState.Absent
            : standings.SetEquals([Standing.Present]) ? PlanState.Present
            : !ours && standings.Overlaps([Standing.Foreign, Standing.Changed]) ? PlanState.Foreign
            : standings.IsSubsetOf([Standing.Present, Standing.Absent]) ? PlanState.Partial
            : PlanState.Drifted;
    }

    private IEnumerable<Finding> Look(Part part, FeatureSet? features)
    {
        var files = _driver.Files.Where(file => file.Part == part).ToLookup(file => file.Path);
        foreach (var variants in files.OrderBy(group => group.Key))
        {
            yield return LookAtFile(part, variants.Key, [.. variants], features);
        }

        foreach (var hook in _driver.Hooks.Where(hook => hook.Part == part))
        {
            foreach (var finding in LookAtHook(hook))
            {
                yield return finding;
            }
        }

        foreach (var finding in LookAtOthers(part, [.. files.Select(group => group.Key)]))
        {
            yield return finding;
        }

        foreach (var left in Staging.LeftIn(_tree, _driver, [part]))
        {
            yield return new Finding(part, left, null, Standing.Derived, "left by a run that was cut off");
        }
    }

    private Finding LookAtFile(Part part, TreePath path, ImmutableArray<DriverFile> forms, FeatureSet? features)
    {
        Links.Refuse(_tree, path);
        if (_tree.TryReadBytes(path) is not { } bytes)
        {
            return _tree.KindOf(path) == EntryKind.Missing
                ? new Finding(part, path, null, Standing.Absent, "missing")
                : new Finding(part, path, null, Standing.Foreign, "not a file");
        }

        if (forms.FirstOrDefault(form => form.Bytes.AsSpan().SequenceEqual(bytes)) is { } form)
        {
            var wanted = form.Variant is null ? null : features?.VariantOf(System.IO.Path.GetFileNameWithoutExtension(path.Name));
            return wanted is null || wanted == form.Variant
                ? new Finding(part, path, null, Standing.Present, form.Variant ?? "")
                : new Finding(part, path, null, Standing.WrongVariant, $"{form.Variant}, but this kernel wants {wanted}");
        }

        return IsRecorded(path, bytes)
            ? new Finding(part, path, null, Standing.Older, "written by another release of ksocket-intree")
            : new Finding(part, path, null, Standing.Changed, "differs from the driver");
    }

    private IEnumerable<Finding> LookAtHook(Hook hook)
    {
        Links.Refuse(_tree, hook.Path);
        if (_tree.TryReadBytes(hook.Path) is not { } bytes)
        {
            return [new Finding(hook.Part, hook.Path, null, Standing.Absent, "there is no such file")];
        }

        if (hook.IsSurelyNotIn(bytes))
        {
            return [new Finding(hook.Part, hook.Path, 0, Standing.Absent, "not wired")];
        }

        var text = KernelTree.ToText(bytes);
        var traces = hook.Traces(text);
        return traces.Count == 0
            ? [new Finding(hook.Part, hook.Path, 0, Standing.Absent, "not wired")]
            : traces.Select(line => new Finding(hook.Part, hook.Path, line.Number, hook.IsOurs(text, line) ? Standing.Present : Standing.Foreign, line.Text));
    }

    /// <summary>What else lies in a folder that is ours alone.</summary>
    private IEnumerable<Finding> LookAtOthers(Part part, ImmutableArray<TreePath> ours)
    {
        var left = Staging.LeftIn(_tree, _driver, [part]).ToHashSet();
        foreach (var folder in Landing.OwnFolders.Where(folder => Landing.PartOf(folder / "x") == part))
        {
            if (_tree.KindOf(folder) is EntryKind.File or EntryKind.Other)
            {
                yield return new Finding(part, folder, null, Standing.Foreign, "not a folder");
            }

            foreach (var path in _tree.EntriesBelow(folder).Where(path => !ours.Contains(path) && !left.Contains(path)))
            {
                yield return _tree.TryReadBytes(path) is { } bytes && IsRecorded(path, bytes) ? new Finding(part, path, null, Standing.Older, "of another release of ksocket-intree")
                    : KbuildProducts.Contains(path, ours, Modules(path.Folder)) ? new Finding(part, path, null, Standing.Derived, "made by kbuild")
                    : new Finding(part, path, null, Standing.Foreign, "not ours");
            }
        }
    }

    private List<string> Modules(TreePath folder) => _tree.TryReadText(folder / "Makefile") is { } text
        ? [.. MakefileText.Read(folder / "Makefile", text).Objects.SelectMany(line => line.Words).Where(word => word.EndsWith(".o", StringComparison.Ordinal)).Select(word => word[..^2])]
        : [];

    private bool IsRecorded(TreePath path, byte[] bytes) =>
        _manifest?.Files.TryGetValue(path.Value, out var hash) == true && hash == Manifest.HashOf(bytes);
}

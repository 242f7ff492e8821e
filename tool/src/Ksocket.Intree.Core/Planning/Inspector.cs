// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Probing;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Planning;

/// <summary>
/// Finds which parts of the integration a tree has, by content: the wiring and the driver's files. It needs no state
/// file and no probe, so it also reads trees patched with git am or patch, and trees that the probe would refuse.
/// </summary>
public sealed class Inspector
{
    private readonly KernelTree _tree;
    private readonly DriverSource _driver;
    private readonly StateFile? _state;

    private Inspector(KernelTree tree, DriverSource driver) => (_tree, _driver, _state) = (tree, driver, StateFile.In(tree));

    /// <summary>Inspects the given parts, or all parts found. With features, it also checks which variant is installed.</summary>
    public static TreeStatus Inspect(KernelTree tree, DriverSource driver, FeatureSet? features = null, IReadOnlyList<Part>? parts = null)
    {
        var inspector = new Inspector(SnapshotTree.Of(tree), driver);
        var all = (parts ?? Parts.All).SelectMany(part => inspector.Look(part, features)).ToImmutableArray();
        var there = parts?.ToImmutableArray() ?? inspector.WhatIsThere(all);
        var findings = all.Where(finding => there.Contains(finding.Part)).ToImmutableArray();
        return new TreeStatus(inspector.Judge(findings), there, findings);
    }

    /// <summary>
    /// The parts with a file of ours, and with a line of ours if some part has a file of ours or has no files; if there are none, the
    /// parts with anything in their place.
    /// </summary>
    private ImmutableArray<Part> WhatIsThere(ImmutableArray<Finding> all)
    {
        var withFiles = _driver.Files.Select(file => file.Part).ToHashSet();
        var isOurs = all.Any(IsOurs);
        var ours = all
            .Where(one => IsOurs(one)
                || (one is { Line: not null, Standing: Standing.Present } && (isOurs || !withFiles.Contains(one.Part))))
            .Select(finding => finding.Part).ToHashSet();
        var any = ours.Count > 0
            ? ours
            : all.Where(finding => finding.Standing != Standing.Absent).Select(finding => finding.Part).ToHashSet();
        return [.. Parts.All.Where(any.Contains)];
    }

    /// <summary>Also an edited file, if the state file says that it was written.</summary>
    private bool IsOurs(Finding finding) => finding.IsFile && (
        finding.Standing is Standing.Present or Standing.Older or Standing.WrongVariant
        || (finding.Standing == Standing.Changed && _state?.Files.ContainsKey(finding.Path) == true));

    private PlanState Judge(ImmutableArray<Finding> findings)
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
            yield return Finding.OfFile(part, left, Standing.Derived, "left by an interrupted run");
        }
    }

    private Finding LookAtFile(Part part, TreePath path, ImmutableArray<DriverFile> forms, FeatureSet? features)
    {
        if (_tree.LinkOn(path) is { } link && (link == path || _driver.OwnFolders.Any(own => own == link || link.IsBelow(own))))
        {
            return link == path
                ? Finding.OfFile(part, path, Standing.Foreign, $"a symbolic link to {_tree.ReadLink(path)}")
                : Finding.OfFile(part, path, Standing.Absent, $"behind the link {link}");
        }

        if (_tree.TryReadThrough(path) is not { } bytes)
        {
            return _tree.KindOf(path) == EntryKind.Missing
                ? Finding.OfFile(part, path, Standing.Absent, "missing")
                : Finding.OfFile(part, path, Standing.Foreign, "not a file");
        }

        if (forms.FirstOrDefault(form => form.Bytes == bytes) is { } form)
        {
            var wanted = form.Variant is null ? null : features?.VariantOf(form.Feature);
            return wanted is null || wanted == form.Variant
                ? Finding.OfFile(part, path, Standing.Present, form.Variant ?? "")
                : Finding.OfFile(part, path, Standing.WrongVariant, $"{form.Variant}, but this kernel wants {wanted}");
        }

        return IsRecorded(path, bytes)
            ? Finding.OfFile(part, path, Standing.Older, "written by another release of ksocket-intree")
            : Finding.OfFile(part, path, Standing.Changed, "differs from the driver");
    }

    private IEnumerable<Finding> LookAtHook(Hook hook)
    {
        if (_tree.TryReadThrough(hook.Path) is not { } file)
        {
            return [Finding.OfWiring(hook.Part, hook.Path, null, Standing.Absent, "there is no such file")];
        }

        var traces = hook.Traces(file);
        return traces.Count == 0
            ? [Finding.OfWiring(hook.Part, hook.Path, null, Standing.Absent, "not wired")]
            : traces.Select(trace => Finding.OfWiring(
                hook.Part,
                hook.Path,
                trace.Number,
                hook.IsOurs(file, trace) ? Standing.Present : Standing.Foreign,
                trace.Text));
    }

    /// <summary>Other files in a folder that only this driver uses.</summary>
    private IEnumerable<Finding> LookAtOthers(Part part, ImmutableArray<TreePath> ours)
    {
        var left = Staging.LeftIn(_tree, _driver, [part]).ToHashSet();
        foreach (var folder in _driver.OwnFolders.Where(folder => Landing.PartOf(folder / "x") == part))
        {
            if (_tree.KindOf(folder) is var kind and (EntryKind.File or EntryKind.Special or EntryKind.Link))
            {
                var note = kind == EntryKind.Link ? $"a symbolic link to {_tree.ReadLink(folder)}" : "not a folder";
                yield return Finding.OfFile(part, folder, Standing.Foreign, note);
            }

            foreach (var path in _tree.EntriesBelow(folder).Where(path => !ours.Contains(path) && !left.Contains(path)))
            {
                yield return _tree.TryRead(path) is { } bytes && IsRecorded(path, bytes)
                    ? Finding.OfFile(part, path, Standing.Older, "of another release of ksocket-intree")
                    : KbuildProducts.Contains(path, ours, Modules(path.Folder))
                    ? Finding.OfFile(part, path, Standing.Derived, "made by kbuild")
                    : Finding.OfFile(part, path, Standing.Foreign, "not ours");
            }
        }
    }

    private List<string> Modules(TreePath folder) => _tree.TryRead(new KbuildFiles(_tree).KbuildIn(folder)) is not { } makefile ? [] :
    [
        .. from line in MakefileText.Read(makefile).Objects
           from word in line.Words
           where word.EndsWith(".o"u8)
           select word.ToString()[..^2],
    ];

    private bool IsRecorded(TreePath path, ByteString bytes) => _state?.Recorded(path, bytes) == true;
}

// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using Ksocket.Intree.Answers;
using Ksocket.Intree.Configure;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Probing;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Files;
using Ksocket.Intree.Git;
using Ksocket.Intree.Options;
using Ksocket.Intree.Output;
using Ksocket.Intree.Trees;

namespace Ksocket.Intree.Commands;

/// <summary>Shows the state of the integration in a tree, file by file.</summary>
internal static class StatusCommand
{
    private static readonly Argument<string?> Tree = Arguments.Tree(
        "The top folder of a kernel tree, or a commit as REPO@REV; by default the tree around the current folder");

    private static readonly Option<IReadOnlyList<Part>?> PartsOption = Arguments.Parts("the parts that are there");

    private static readonly Option<bool> All = new("--all", "-a")
    {
        Description = "List what is as the driver has it, too; by default only what differs",
    };

    private static readonly Option<bool> Patch = new("--patch")
    {
        Description = "Show how files differ from the driver: - the driver's line, + the tree's; not for git apply",
    };

    public static Verb Create()
    {
        var verb = new Verb(
            "status",
            "Show the state of the integration in a tree: absent, present, partial, drifted or foreign",
            Run) { Tree, Arguments.With, Arguments.Only, All, PartsOption, Patch };
        verb.Validators.Add(Arguments.RefuseOnly);
        return verb;
    }

    /// <summary>One driver, and how much of it the tree has.</summary>
    /// <param name="Features">What a probe finds; null if it refuses the tree.</param>
    private sealed record OneStatus(DriverSource Driver, FeatureSet? Features, TreeStatus Status);

    private static bool IsWired(OneStatus one) => one.Status.State is PlanState.Present or PlanState.Drifted;

    private static VerbOutcome Run(ParseResult parse, Terminal terminal)
    {
        var (all, patch) = (parse.GetValue(All), parse.GetValue(Patch));
        var opened = NamedTree.Open(parse.GetValue(Tree) ?? NamedTree.Around("."));
        var tree = SnapshotTree.Of(opened);
        var version = KernelVersion.Read(tree);
        var drivers = NamedDrivers.In(
            tree, parse.GetValue(Arguments.With), parse.GetValue(Arguments.Only), all: !parse.GetValue(Arguments.Only));
        var each = drivers.Select(driver => StatusOf(tree, driver, parse.GetValue(PartsOption))).ToList();
        var judged = Judged(each);
        var status = judged[0].Status;
        var files = new KbuildFiles(tree);
        var faults = each.Where(IsWired)
            .SelectMany(one => one.Status.Parts.SelectMany(part => Wiring.Faults(files, one.Driver, part))).ToList();
        var kconfig = opened is FolderTree ? KconfigTree.Read(tree, DotConfig.ArchitecturesOf(tree)) : null;
        if (kconfig?.Fault is { } unreadable)
        {
            faults.Add($"kconfig cannot read this tree: {unreadable.Text}");
        }

        var ignored = each.SelectMany(one => IgnoredIn(opened, one.Status)).ToList();
        var drift = patch && !terminal.Json
            ? each.SelectMany(one => Drift.In(tree, one.Driver, one.Status, one.Features)).ToList()
            : [];
        var (warnings, notes) = Further(opened, tree, drivers, kconfig);
        var answer = new StatusAnswer(
            tree.Name,
            version.ToString(),
            status.State,
            [.. status.Parts.Select(part => part.Word())],
            [.. status.Findings.Select(FindingAnswer.Of)],
            faults,
            [.. ignored.Select(path => path.ToString())],
            [.. warnings, .. notes])
        {
            Drivers = DriverAnswer.Of(each.Select(one => (one.Driver, one.Status)), withFindings: true),
        };
        return VerbOutcome.Of(
            ExitOf(judged, faults),
            terminal =>
            {
                foreach (var one in each)
                {
                    Write(terminal, version, each.Count == 1 ? "" : $"{one.Driver.Name}: ", one.Status, all);
                }

                WriteDrift(terminal, drift);
            },
            answer,
            AnswerJson.Default.StatusAnswer) with
        {
            Notes =
            [
                .. Warnings(opened, each.Exists(IsWired), faults, ignored),
                .. warnings.Select(line => $"warning: {line}"),
                .. notes.Select(line => $"note: {line}"),
            ],
        };
    }

    /// <summary>ksocket may be absent where another driver is there, which does not need it.</summary>
    private static List<OneStatus> Judged(List<OneStatus> each) => each.Exists(one => !one.Driver.IsBundled && IsWired(one))
        ? each.FindAll(one => !one.Driver.IsBundled || one.Status.State != PlanState.Absent)
        : each;

    /// <summary>Of several drivers, the worst.</summary>
    private static ExitCode ExitOf(List<OneStatus> each, List<string> faults)
    {
        var states = each.Select(one => one.Status.State).ToList();
        return states.Exists(state => state is PlanState.Partial or PlanState.Foreign) ? ExitCode.InTheWay
            : faults.Count == 0 && states.TrueForAll(state => state == PlanState.Present) ? ExitCode.Done
            : ExitCode.No;
    }

    private static IReadOnlyList<TreePath> IgnoredIn(KernelTree tree, TreeStatus status) =>
        tree is FolderTree folder && status.State == PlanState.Present
            ? IgnoredPaths.Among(
                status.Of(Standing.Present).Where(finding => finding.IsFile).Select(finding => finding.Path),
                folder.Root)
            : [];

    private static (IReadOnlyList<string> Warnings, IReadOnlyList<string> Notes) Further(
        KernelTree opened, KernelTree tree, IReadOnlyList<DriverSource> drivers, KconfigTree? kconfig)
    {
        if (opened is not FolderTree folder)
        {
            return ([], []);
        }

        var place = ConfigPlace.Of(folder, named: null);
        var config = place.TryRead() is { } bytes ? (place.Path, bytes) : ((string, ByteString)?)null;
        var warnings = drivers.SelectMany(driver => TreeWarnings.Of(tree, driver, config)).Distinct();
        return ([.. warnings], [.. kconfig?.PassedOver ?? [], .. StateFileNote.For(folder)]);
    }

    private static IEnumerable<string> Warnings(
        KernelTree tree,
        bool isWired,
        List<string> faults,
        List<TreePath> ignored)
    {
        var start = isWired ? "in the tree, but not built: " : "";
        foreach (var fault in faults)
        {
            yield return $"warning: {start}{fault}";
        }

        if (ignored.Count > 0)
        {
            yield return $"warning: git add would skip {ignored.Count} ksocket files because of .gitignore; add them with";
            yield return $"  git -C {ShellWord.Quote(((FolderTree)tree).Root)} add -f {string.Join(' ', ignored)}";
        }
    }

    /// <summary>If the probe refuses the tree, the status is shown without a check of the variants.</summary>
    private static OneStatus StatusOf(KernelTree tree, DriverSource driver, IReadOnlyList<Part>? parts)
    {
        FeatureSet? features = null;
        try
        {
            features = Probe.Run(tree, driver.Evidence);
        }
        catch (IntreeFailure)
        {
            // A tree that the probe refuses still has a state.
        }

        return new(driver, features, Inspector.Inspect(tree, driver, features, parts));
    }

    private static void Write(Terminal terminal, KernelVersion version, string name, TreeStatus status, bool all)
    {
        var word = status.State.ToString().ToLowerInvariant();
        var painted = status.State switch
        {
            PlanState.Present => terminal.Good(word),
            PlanState.Absent => terminal.Strong(word),
            _ => terminal.Bad(word),
        };
        var parts = status.Parts.Length > 0 ? $" ({string.Join(", ", status.Parts.Select(part => part.Word()))})" : "";
        terminal.Answer($"{name}{painted}{parts}, linux {version}");

        // For a foreign ksocket, print all that is there, also a line as ours would be, and not what is missing.
        var isForeign = status.State == PlanState.Foreign;
        all |= isForeign;
        var findings = status.Findings.Where(
            finding => finding.Standing != Standing.Derived && !(isForeign && finding.Standing == Standing.Absent)).ToList();
        foreach (var finding in findings.Where(finding => all || finding.Standing != Standing.Present))
        {
            Write(terminal, finding);
        }

        var same = findings.Count(finding => finding.Standing == Standing.Present);
        if (findings.Count > 0)
        {
            var hidden = all || same == 0 ? "" : "; --all lists them";
            terminal.Answer($"  {same} of {findings.Count} files and lines are as the driver has them{hidden}");
        }

        var derived = status.Of(Standing.Derived).Count();
        if (derived > 0)
        {
            terminal.Answer($"  {derived} files that kbuild generated from them, or that an interrupted run left; remove deletes them too");
        }
    }

    private static void Write(Terminal terminal, Finding finding)
    {
        var standing = (
            finding.Standing == Standing.WrongVariant ? "wrong variant" : finding.Standing.ToString().ToLowerInvariant()).PadRight(9);
        var painted = finding.Standing switch
        {
            Standing.Present => terminal.Good(standing),
            Standing.Absent => standing,
            _ => terminal.Odd(standing),
        };
        var place = finding.Place;
        var note = finding.Note.Length > 0 ? terminal.Faint($"  {finding.Note}") : "";
        terminal.Answer($"  {painted}  {place}{note}");
    }

    private static void WriteDrift(Terminal terminal, IEnumerable<Drift> drifts)
    {
        foreach (var drift in drifts)
        {
            terminal.Answer("");
            terminal.Answer(terminal.Strong(drift.Path.ToString()));
            foreach (var line in drift.Lines)
            {
                var text = $"{line.Sign}{line.Text}";
                terminal.AnswerRaw(line.Sign switch
                {
                    '+' => terminal.Good(text),
                    '-' => terminal.Bad(text),
                    '@' => terminal.Faint($"@@ {line.Text} @@"),
                    _ => text,
                } + "\n");
            }
        }
    }
}

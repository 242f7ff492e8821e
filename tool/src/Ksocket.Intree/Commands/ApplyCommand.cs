// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using System.CommandLine;
using Ksocket.Intree.Answers;
using Ksocket.Intree.Configure;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Files;
using Ksocket.Intree.Options;
using Ksocket.Intree.Output;
using Ksocket.Intree.Trees;

namespace Ksocket.Intree.Commands;

/// <summary>Writes the integration into the files of a tree.</summary>
internal static class ApplyCommand
{
    private static readonly Argument<string?> Tree = Arguments.Folder();

    private static readonly Option<bool> Check = Arguments.Check("Change nothing; exit 1 if apply would change something");

    private static readonly Option<bool> Config = new("--config")
    {
        Description = "Also set the symbols of the drivers, such as CONFIG_KSOCKET=y, in the tree's .config, using its own kconfig",
    };

    private static readonly Option<string?> DefconfigOption = new("--defconfig")
    {
        HelpName = "NAME",
        Description = "Also set the symbols of the drivers in a defconfig or fragment of the tree, where savedefconfig would write them",
    };

    private static readonly Option<IReadOnlyList<Part>?> PartsOption = Arguments.Parts("driver");

    public static Verb Create()
    {
        var verb = new Verb("apply", "Write the integration into a kernel tree", Run)
        {
            Tree, Arguments.With, Arguments.Only, Check, Config, Arguments.Output, DefconfigOption, PartsOption,
        };
        verb.Validators.Add(Arguments.RefuseOnly);
        return verb;
    }

    private static VerbOutcome Run(ParseResult parse, Terminal terminal)
    {
        var (check, withConfig) = (parse.GetValue(Check), parse.GetValue(Config));
        var tree = NamedTree.OpenFolder(parse.GetValue(Tree) ?? ".");
        var place = ConfigPlace.Of(tree, parse.GetValue(Arguments.Output));
        var drivers = NamedDrivers.Read(parse.GetValue(Arguments.With), parse.GetValue(Arguments.Only));
        var snapshot = SnapshotTree.Of(tree);
        var plan = JointPlan.Of(snapshot, drivers, parse.GetValue(PartsOption) ?? Parts.Default);
        if (withConfig)
        {
            TreeConfig.RefuseIfBlocked(tree, place, drivers);
        }

        var defconfig = parse.GetValue(DefconfigOption) is { } name ? DefconfigOf(snapshot, plan, name, place) : null;
        var changes = plan.WithState(snapshot, defconfig);
        var wouldSet = withConfig ? TreeConfig.NotEnabled(place, drivers) : [];
        var warnings = Warnings(snapshot, drivers, place, defconfig).ToList();
        List<string> said = [.. warnings.Select(line => $"warning: {line}")];
        if (check)
        {
            var would = new Applied(plan, changes, wouldSet, IsCheck: true);
            return OutcomeOf(tree, place, would, [.. warnings, .. plan.First.NotRead]) with
            {
                Notes = [.. said, .. NotesOf(plan.First.NotRead)],
            };
        }

        var done = new Applied(plan, changes, Write(tree, place, drivers, changes, withConfig), IsCheck: false);
        var target = BuildTarget.Of(place);
        target = defconfig is null ? target : target.For(defconfig.Path);
        var next = new NextSteps(tree, target, drivers, plan.First.Parts, withConfig, defconfig?.Path);
        List<string> notes = [.. plan.First.NotRead, .. StateFileNote.For(tree)];
        return OutcomeOf(tree, place, done, [.. warnings, .. notes]) with
        {
            Notes = [.. said, .. NotesOf(notes)],
            Advice = next.Lines(terminal.StartedIn),
        };
    }

    private static Defconfig DefconfigOf(KernelTree tree, JointPlan plan, string name, ConfigPlace place)
    {
        var arch = Environment.GetEnvironmentVariable("ARCH") is { Length: > 0 } exported ? exported
            : place.TryRead() is { } config && DotConfig.ArchOf(config) is { } configured ? configured
            : BuildTarget.Host;
        return Defconfig.In(new ChangedTree(tree, plan.Changes), plan.Each.Select(one => one.Driver.Symbol), name, arch);
    }

    private static IEnumerable<string> Warnings(
        KernelTree tree, ImmutableArray<DriverSource> drivers, ConfigPlace place, Defconfig? defconfig) =>
    [
        .. drivers.SelectMany(driver => TreeWarnings.Of(tree, driver, place.TryRead() is { } config ? (place.Path, config) : null))
            .Distinct(),
        .. defconfig is null ? [] : drivers.SelectMany(driver => Unmet(defconfig, driver)),
    ];

    private static IEnumerable<string> NotesOf(IEnumerable<string> lines) => lines.Select(line => $"note: {line}");

    /// <summary>A fragment is merged into something else, so this is no reason to refuse.</summary>
    private static IEnumerable<string> Unmet(Defconfig defconfig, DriverSource driver) =>
        TreeConfig.Missing(defconfig.After, driver).Select(
            needed => $"{defconfig.Path} does not set CONFIG_{needed}=y, which {driver.Name} depends on, unless another option selects it");

    /// <param name="Config">The .config lines that were set, or with --check would be.</param>
    private sealed record Applied(JointPlan Plan, ImmutableArray<FileChange> Changes, ImmutableArray<string> Config, bool IsCheck)
    {
        public bool IsDone => Changes.IsEmpty && Config.IsEmpty;
    }

    /// <summary>Writes the files and sets the symbol, or leaves the tree unchanged.</summary>
    private static ImmutableArray<string> Write(
        FolderTree tree,
        ConfigPlace place,
        ImmutableArray<DriverSource> drivers,
        ImmutableArray<FileChange> changes,
        bool withConfig)
    {
        using var interruption = Interruption.Hold();
        FolderWriter.Write(tree, changes);
        if (!withConfig)
        {
            return [];
        }

        try
        {
            interruption.ThrowIfRequested();
            return TreeConfig.Enable(tree, place, drivers);
        }
        catch
        {
            using var undoing = Interruption.Ignore();
            FolderWriter.Write(tree, FileChange.Undo(changes));
            throw;
        }
    }

    private static VerbOutcome OutcomeOf(FolderTree tree, ConfigPlace place, Applied applied, IReadOnlyList<string> warnings)
    {
        var changed = !applied.IsCheck && !applied.IsDone;
        var exit = applied.IsCheck && !applied.IsDone ? ExitCode.No : ExitCode.Done;
        var answer = ChangesAnswer.Of("apply", tree, applied.Plan, applied.Changes, changed, applied.Config) with
        {
            Warnings = warnings,
        };
        return VerbOutcome.Of(
            exit,
            terminal => WriteText(terminal, place, applied),
            answer,
            AnswerJson.Default.ChangesAnswer) with
        { Changed = changed };
    }

    private static void WriteText(Terminal terminal, ConfigPlace place, Applied applied)
    {
        terminal.Answer(terminal.Strong($"linux {applied.Plan.First.Version}: ") + Summary(applied));
        ChangeText.Write(terminal, applied.Changes);
        foreach (var line in applied.Config)
        {
            terminal.Answer($"  {terminal.Good("set   ")}  {(place.Output is null ? DotConfig.Path.ToString() : place.Path)}: {line}");
        }
    }

    private static string Summary(Applied applied)
    {
        var names = string.Join(" and ", applied.Plan.Each.Select(one => one.Driver.Name));
        var are = applied.Plan.Each.Length == 1 ? "is" : "are";
        return applied switch
        {
            { IsDone: true } => $"{names} {are} already in the tree; nothing to do",
            { Changes.IsEmpty: true, IsCheck: true } => $"{names} {are} already in the tree; apply would set .config",
            { Changes.IsEmpty: true } => $"{names} {are} already in the tree; .config was set",
            { Plan.IsDone: true, IsCheck: false } => $"{names} {are} already in the tree; {ChangeText.Count(applied.Changes)}",
            { IsCheck: true } => $"apply would result in {ChangeText.Count(applied.Changes)}",
            _ => $"{names} added: {ChangeText.Count(applied.Changes)}; Kconfig and Makefile entries checked",
        };
    }
}

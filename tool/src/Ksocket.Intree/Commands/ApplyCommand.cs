// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using System.CommandLine;
using Ksocket.Intree.Answers;
using Ksocket.Intree.Configure;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Driver;
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
        Description = "Also set CONFIG_KSOCKET=y in the tree's .config, using the tree's own kconfig",
    };

    private static readonly Option<IReadOnlyList<Part>?> PartsOption = Arguments.Parts("driver");

    public static Verb Create() => new("apply", "Write the integration into a kernel tree", Run) { Tree, Check, Config, PartsOption };

    private static VerbOutcome Run(ParseResult parse, Terminal terminal)
    {
        var (check, withConfig) = (parse.GetValue(Check), parse.GetValue(Config));
        var tree = NamedTree.OpenFolder(parse.GetValue(Tree) ?? ".");
        var driver = DriverSource.Bundled;
        var snapshot = SnapshotTree.Of(tree);
        var plan = Planner.Plan(snapshot, driver, parse.GetValue(PartsOption) ?? Parts.Default);
        if (withConfig)
        {
            TreeConfig.RefuseIfBlocked(tree, driver);
        }

        var changes = plan.WithState(snapshot, driver);
        var wouldSet = withConfig && !TreeConfig.IsEnabled(tree);
        if (check)
        {
            var would = new Applied(plan, changes, wouldSet ? ["CONFIG_KSOCKET=y"] : [], IsCheck: true);
            return OutcomeOf(tree, would);
        }

        var done = new Applied(plan, changes, Write(tree, driver, changes, withConfig), IsCheck: false);
        return OutcomeOf(tree, done) with { Advice = NextSteps(terminal, tree, withConfig, plan) };
    }

    /// <param name="Config">The .config lines that were set, or with --check would be.</param>
    private sealed record Applied(IntegrationPlan Plan, ImmutableArray<FileChange> Changes, ImmutableArray<string> Config, bool IsCheck)
    {
        public bool IsDone => Changes.IsEmpty && Config.IsEmpty;
    }

    /// <summary>Writes the files and sets the symbol, or leaves the tree unchanged.</summary>
    private static ImmutableArray<string> Write(FolderTree tree, DriverSource driver, ImmutableArray<FileChange> changes, bool withConfig)
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
            return TreeConfig.Enable(tree, driver);
        }
        catch
        {
            using var undoing = Interruption.Ignore();
            FolderWriter.Write(tree, FileChange.Undo(changes));
            throw;
        }
    }

    private static VerbOutcome OutcomeOf(FolderTree tree, Applied applied)
    {
        var changed = !applied.IsCheck && !applied.IsDone;
        var exit = applied.IsCheck && !applied.IsDone ? ExitCode.No : ExitCode.Done;
        var answer = ChangesAnswer.Of("apply", tree, applied.Plan, applied.Changes, changed, applied.Config);
        return VerbOutcome.Of(
            exit,
            terminal => WriteText(terminal, applied),
            answer,
            AnswerJson.Default.ChangesAnswer) with
        { Changed = changed };
    }

    private static void WriteText(Terminal terminal, Applied applied)
    {
        terminal.Answer(terminal.Strong($"linux {applied.Plan.Version}: ") + Summary(applied));
        ChangeText.Write(terminal, applied.Changes);
        foreach (var line in applied.Config)
        {
            terminal.Answer($"  {terminal.Good("set   ")}  .config: {line}");
        }
    }

    private static string Summary(Applied applied) => applied switch
    {
        { IsDone: true } => "ksocket is already in the tree; nothing to do",
        { Changes.IsEmpty: true, IsCheck: true } => "ksocket is already in the tree; apply would set .config",
        { Changes.IsEmpty: true } => "ksocket is already in the tree; .config was set",
        { IsCheck: true } => $"apply would result in {ChangeText.Count(applied.Changes)}",
        _ => $"ksocket added: {ChangeText.Count(applied.Changes)}; Kconfig and Makefile entries checked",
    };

    private static List<string> NextSteps(Terminal terminal, FolderTree tree, bool withConfig, IntegrationPlan plan)
    {
        var where = tree.Root == terminal.StartedIn ? "" : $" -C {ShellWord.Quote(tree.Root)}";
        var samples = plan.Parts.Contains(Part.Samples) ? ", and its samples under Kernel hacking > Sample kernel code" : "";
        var menu = $"menuconfig    # Device Drivers > {TreeConfig.Prompt(DriverSource.Bundled)}{samples}";
        return
        [
            "",
            "Next:",
            $"  make{where} {(withConfig ? "olddefconfig" : menu)}",
            $"  make{where} -j{Environment.ProcessorCount}",
        ];
    }
}

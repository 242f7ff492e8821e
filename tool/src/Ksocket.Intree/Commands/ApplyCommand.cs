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
using Ksocket.Intree.Words;

namespace Ksocket.Intree.Commands;

/// <summary>Writes the integration into the files of a tree.</summary>
internal static class ApplyCommand
{
    private static readonly Argument<string> Tree = Arguments.Folder();

    private static readonly Option<bool> Check = Arguments.Check("Only tell whether apply would succeed and change something; exit 1 if it would change");

    private static readonly Option<bool> Config = new("--config") { Description = "Also set CONFIG_KSOCKET=y in the tree's .config, through the tree's own kconfig" };

    private static readonly Option<IReadOnlyList<Part>?> PartsOption = Arguments.Parts("driver");

    public static Command Create(Terminal terminal)
    {
        var command = new Command("apply", "Write the integration into a kernel tree") { Tree, Check, Config, PartsOption };
        command.SetAction(parse => (int)Run(
            new Request(parse.GetRequiredValue(Tree), parse.GetValue(Check), parse.GetValue(Config), parse.GetValue(PartsOption) ?? Parts.Default), terminal));
        return command;
    }

    internal sealed record Request(string Tree, bool Check, bool Config, IReadOnlyList<Part> Parts);

    internal static ExitCode Run(Request request, Terminal terminal)
    {
        var tree = NamedTree.OpenFolder(request.Tree);
        var driver = DriverSource.Bundled;
        var plan = Planner.Plan(tree, driver, request.Parts);
        if (request.Config)
        {
            TreeConfig.RefuseIfBlocked(tree, driver);
        }

        if (request.Check)
        {
            var wouldChange = !plan.IsDone || (request.Config && !TreeConfig.IsEnabled(tree));
            Tell(terminal, tree, plan, changed: false, []);
            return wouldChange ? ExitCode.No : ExitCode.Done;
        }

        var changes = plan.WithManifest(tree, driver);
        FolderWriter.Write(tree, changes);
        var config = request.Config ? SetConfig(tree, driver, changes) : [];
        Tell(terminal, tree, plan, changed: !plan.IsDone, config);
        if (!terminal.Json)
        {
            NextSteps(terminal, tree, request, plan);
        }

        return ExitCode.Done;
    }

    /// <summary>Sets the symbol, or leaves the whole tree as it was.</summary>
    private static ImmutableArray<string> SetConfig(FolderTree tree, DriverSource driver, ImmutableArray<FileChange> changes)
    {
        try
        {
            return TreeConfig.Enable(tree, driver);
        }
        catch
        {
            FolderWriter.Write(tree, FileChange.Undo(changes));
            throw;
        }
    }

    private static void Tell(Terminal terminal, KernelTree tree, IntegrationPlan plan, bool changed, ImmutableArray<string> config)
    {
        if (terminal.Json)
        {
            terminal.AnswerJson(
                new ChangesAnswer("apply", tree.Name, plan.Version.ToString(), [.. plan.Parts.Select(part => part.Word())], plan.Before.State, changed, ChangeText.Answers(plan.Changes), config),
                AnswerJson.Default.ChangesAnswer);
            return;
        }

        terminal.Answer(terminal.Strong($"linux {plan.Version}: ") + (plan.IsDone ? "ksocket is in it already; nothing to do"
            : changed ? $"ksocket is in: {ChangeText.Count(plan.Changes)}, wiring proven"
            : $"apply would leave {ChangeText.Count(plan.Changes)}"));
        if (!plan.IsDone)
        {
            ChangeText.Write(terminal, plan.Changes);
        }

        foreach (var line in config)
        {
            terminal.Answer($"  {terminal.Good("set   ")}  .config: {line}");
        }
    }

    private static void NextSteps(Terminal terminal, FolderTree tree, Request request, IntegrationPlan plan)
    {
        var where = tree.Root == terminal.StartedIn ? "" : $" -C {ShellWord.Quote(tree.Root)}";
        var samples = plan.Parts.Contains(Part.Samples) ? ", and its samples under Kernel hacking > Sample kernel code" : "";
        terminal.Talk("");
        terminal.Talk("Next:");
        terminal.Talk(request.Config
            ? $"  make{where} olddefconfig"
            : $"  make{where} menuconfig    # Device Drivers > {TreeConfig.Prompt(DriverSource.Bundled)}{samples}");
        terminal.Talk($"  make{where} -j{Environment.ProcessorCount}");
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using Ksocket.Intree.Answers;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Probing;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Words;

namespace Ksocket.Intree.Commands;

/// <summary>Tells which kernel a tree is and which variant of each feature it has, with the line that proves it.</summary>
internal static class ProbeCommand
{
    private static readonly Argument<string> Tree = Arguments.Tree();

    public static Command Create(Terminal terminal)
    {
        var command = new Command("probe", "Tell which variant of each feature a kernel has, and the line that proves it") { Tree };
        command.SetAction(parse => (int)Run(parse.GetRequiredValue(Tree), terminal));
        return command;
    }

    internal static ExitCode Run(string name, Terminal terminal)
    {
        var tree = NamedTree.Open(name);
        var version = KernelVersion.Read(tree);
        var features = Probe.Run(tree, DriverSource.Bundled.Evidence);

        if (terminal.Json)
        {
            terminal.AnswerJson(
                new ProbeAnswer(
                    tree.Name,
                    version.ToString(),
                    version.Line,
                    [.. features.Variants.Select(proven => new FeatureAnswer(proven.Feature.Name, proven.Variant.Name, [.. proven.Sightings.Select(SightingAnswer.Of)]))],
                    [.. features.Requirements.Select(SightingAnswer.Of)]),
                AnswerJson.Default.ProbeAnswer);
            return ExitCode.Done;
        }

        terminal.Answer(terminal.Strong($"linux {version}"));
        foreach (var proven in features.Variants)
        {
            terminal.Answer($"{proven.Feature.Name}: {terminal.Good(proven.Variant.Name)}");
            foreach (var sighting in proven.Sightings)
            {
                terminal.Answer(terminal.Faint($"  {sighting}"));
            }
        }

        terminal.Answer($"requirements: {terminal.Good($"{features.Requirements.Length} of {features.Requirements.Length} met")}");
        return ExitCode.Done;
    }
}

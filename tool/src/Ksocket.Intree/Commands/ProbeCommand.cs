// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using Ksocket.Intree.Answers;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Probing;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Options;
using Ksocket.Intree.Output;
using Ksocket.Intree.Trees;

namespace Ksocket.Intree.Commands;

/// <summary>Shows the kernel version and which variant of each feature the tree has, with the line that proves it.</summary>
internal static class ProbeCommand
{
    private static readonly Argument<string?> Tree = Arguments.Tree();

    public static Verb Create()
    {
        var verb = new Verb(
            "probe",
            "Show which variant of each feature a kernel has, and the line that proves it",
            Run) { Tree, Arguments.With, Arguments.Only };
        verb.Validators.Add(Arguments.RefuseOnly);
        return verb;
    }

    private static VerbOutcome Run(ParseResult parse, Terminal terminal)
    {
        var tree = NamedTree.Open(parse.GetValue(Tree) ?? ".");
        var version = KernelVersion.Read(tree);
        var drivers = NamedDrivers.Read(parse.GetValue(Arguments.With), parse.GetValue(Arguments.Only));
        var each = drivers.Select(driver => (Driver: driver, Features: Probe.Run(tree, driver.Evidence))).ToList();
        var features = new FeatureSet(
            [.. each.SelectMany(one => one.Features.Variants)],
            [.. each.SelectMany(one => one.Features.Requirements)]);
        var answer = new ProbeAnswer(
            tree.Name,
            version.ToString(),
            version.Line,
            [.. features.Variants.Select(AnswerOf)],
            [.. features.Requirements.Select(SightingAnswer.Of)]);
        return VerbOutcome.Of(
            ExitCode.Done,
            terminal => Write(terminal, version, features, drivers),
            answer,
            AnswerJson.Default.ProbeAnswer);
    }

    private static FeatureAnswer AnswerOf(ProvenVariant proven) =>
        new(proven.Feature.Name, proven.Variant.Name, [.. proven.Sightings.Select(SightingAnswer.Of)]);

    private static void Write(Terminal terminal, KernelVersion version, FeatureSet features, IReadOnlyList<DriverSource> drivers)
    {
        terminal.Answer(terminal.Strong($"linux {version}"));
        foreach (var proven in features.Variants)
        {
            terminal.Answer($"{proven.Feature.Name}: {terminal.Good(proven.Variant.Name)}");
            foreach (var sighting in proven.Sightings)
            {
                terminal.Answer(terminal.Faint($"  {sighting}"));
            }
        }

        foreach (var driver in drivers.Where(driver => !driver.IsBundled))
        {
            terminal.Answer($"{driver.Name}: {terminal.Good($"CONFIG_{driver.Symbol}")}, {driver.Folder}");
        }

        var count = features.Requirements.Length;
        terminal.Answer($"features: {terminal.Good($"{features.Variants.Length} found")}");
        terminal.Answer($"requirements: {terminal.Good($"{count} of {count} met")}");
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using Ksocket.Intree.Answers;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Probing;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Files;
using Ksocket.Intree.Git;
using Ksocket.Intree.Words;

namespace Ksocket.Intree.Commands;

/// <summary>Tells how much of the integration a tree holds, path by path.</summary>
internal static class StatusCommand
{
    private static readonly Argument<string> Tree = Arguments.Tree();

    private static readonly Option<IReadOnlyList<Part>?> PartsOption = Arguments.Parts("what is there");

    private static readonly Option<bool> Patch = new("--patch") { Description = "Show how files differ from the driver: - the driver's line, + the tree's; to read, not to apply" };

    public static Command Create(Terminal terminal)
    {
        var command = new Command("status", "Tell how much of the integration a tree holds: absent, present, partial, drifted or foreign") { Tree, PartsOption, Patch };
        command.SetAction(parse => (int)Run(parse.GetRequiredValue(Tree), parse.GetValue(PartsOption), parse.GetValue(Patch), terminal));
        return command;
    }

    internal static ExitCode Run(string name, IReadOnlyList<Part>? parts, bool patch, Terminal terminal)
    {
        var tree = NamedTree.Open(name);
        var version = KernelVersion.Read(tree);
        var features = FeaturesOf(tree);
        var status = Inspector.Inspect(tree, DriverSource.Bundled, features, parts);
        var faults = status.State is PlanState.Present or PlanState.Drifted ? status.Parts.SelectMany(part => Wiring.Faults(tree, part)).ToList() : [];
        var ignored = tree is FolderTree folder && status.State == PlanState.Present
            ? IgnoredPaths.Among(status.Of(Standing.Present).Where(finding => finding.Line is null).Select(finding => finding.Path), folder.Root)
            : [];

        if (terminal.Json)
        {
            terminal.AnswerJson(
                new StatusAnswer(
                    tree.Name,
                    version.ToString(),
                    status.State,
                    [.. status.Parts.Select(part => part.Word())],
                    [.. status.Findings.Select(finding => new FindingAnswer(finding.Path.Value, finding.Line is 0 ? null : finding.Line, finding.Part.Word(), finding.Standing, finding.Note))],
                    faults,
                    [.. ignored.Select(path => path.Value)]),
                AnswerJson.Default.StatusAnswer);
        }
        else
        {
            Write(terminal, version, status);
            if (patch)
            {
                WriteDrift(terminal, Drift.In(tree, DriverSource.Bundled, status, features));
            }
        }

        foreach (var fault in faults)
        {
            terminal.Talk($"warning: in the tree, but not built: {fault}");
        }

        if (ignored.Count > 0)
        {
            terminal.Talk($"warning: git add would leave {ignored.Count} of our files out, because .gitignore hides them; add them with");
            terminal.Talk($"  git -C {ShellWord.Quote(((FolderTree)tree).Root)} add -f {string.Join(' ', ignored)}");
        }

        return status.State switch
        {
            PlanState.Present when faults.Count == 0 => ExitCode.Done,
            PlanState.Partial or PlanState.Foreign => ExitCode.InTheWay,
            _ => ExitCode.No,
        };
    }

    /// <summary>A tree that the probe refuses can still be looked at; only the variants then go unjudged.</summary>
    private static FeatureSet? FeaturesOf(KernelTree tree)
    {
        try
        {
            return Probe.Run(tree, DriverSource.Bundled.Evidence);
        }
        catch (IntreeFailure)
        {
            return null;
        }
    }

    private static void Write(Terminal terminal, KernelVersion version, TreeStatus status)
    {
        var word = status.State.ToString().ToLowerInvariant();
        var parts = status.Parts.Length > 0 ? $" ({string.Join(", ", status.Parts.Select(part => part.Word()))})" : "";
        terminal.Answer($"{(status.State == PlanState.Present ? terminal.Good(word) : status.State == PlanState.Absent ? terminal.Strong(word) : terminal.Bad(word))}{parts}, linux {version}");

        // Of a foreign ksocket only what is there matters, not what of ours is not.
        foreach (var finding in status.Findings.Where(finding => finding.Standing != Standing.Derived && (status.State != PlanState.Foreign || finding.Standing != Standing.Absent)))
        {
            var standing = finding.Standing switch
            {
                Standing.WrongVariant => "wrong variant",
                var other => other.ToString().ToLowerInvariant(),
            };
            var padded = standing.PadRight(9);
            var painted = finding.Standing == Standing.Present ? terminal.Good(padded) : finding.Standing == Standing.Absent ? padded : terminal.Odd(padded);
            terminal.Answer($"  {painted}  {(finding.Line is 0 ? finding.Path.Value : finding.Place)}{(finding.Note.Length > 0 ? terminal.Faint($"  {finding.Note}") : "")}");
        }

        var derived = status.Of(Standing.Derived).Count();
        if (derived > 0)
        {
            terminal.Answer($"  {derived} files that kbuild made of them, or that a run left which was cut off; remove takes them too");
        }
    }

    private static void WriteDrift(Terminal terminal, IEnumerable<Drift> drifts)
    {
        foreach (var drift in drifts)
        {
            terminal.Answer("");
            terminal.Answer(terminal.Strong(drift.Path.Value));
            foreach (var line in drift.Lines)
            {
                var text = $"{line.Sign}{line.Text}";
                terminal.AnswerBytes(line.Sign switch
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

// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using Ksocket.Intree.Answers;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Series;
using Ksocket.Intree.Files;
using Ksocket.Intree.Git;
using Ksocket.Intree.Words;

namespace Ksocket.Intree.Commands;

/// <summary>Tells whether stored series are what would be generated today, and with --write makes them so.</summary>
internal static class VerifyCommand
{
    private static readonly Argument<string[]> Folders = new("DIR") { Description = "Folders that series wrote, or folders of such folders; patches by default", DefaultValueFactory = _ => ["patches"] };

    private static readonly Option<string?> Tree = new("--tree") { HelpName = "TREE", Description = "Compare with what this tree gives, instead of what the series recorded" };

    private static readonly Option<bool> Write = new("--write") { Description = "Make the series anew where they are stale; no tree is needed as long as the hooks stay the same" };

    public static Command Create(Terminal terminal)
    {
        var command = new Command("verify", "Tell whether stored series are what would be generated today") { Folders, Tree, Write };
        command.SetAction(parse => (int)Run(new Request(parse.GetRequiredValue(Folders), parse.GetValue(Tree), parse.GetValue(Write)), terminal));
        return command;
    }

    internal sealed record Request(string[] Folders, string? Tree, bool Write);

    internal static ExitCode Run(Request request, Terminal terminal)
    {
        var folders = request.Folders.SelectMany(SeriesIn).ToList();
        if (request.Tree is not null && folders.Count > 1)
        {
            throw IntreeFailure.NotUnderstood($"--tree is one tree, and {string.Join(' ', request.Folders)} holds {folders.Count} series", "name the series of that tree");
        }

        var created = new CreatedFiles();
        // All are made before the first is written.
        var all = folders.Select(folder => Check(folder, request.Tree, created)).ToList();
        foreach (var one in all)
        {
            if (request.Write && one.Difference is not null)
            {
                SeriesFolder.Write(one.Folder, one.Today);
            }

            if (!terminal.Json)
            {
                var state = one.Difference is null ? terminal.Good("current") : request.Write ? terminal.Odd("made anew") : terminal.Bad("stale");
                terminal.Answer($"{state}  {one.Folder}, linux {one.Today.Index.Provenance.Kernel}{(one.Difference is null ? "" : $": {one.Difference}")}");
            }
        }

        if (terminal.Json)
        {
            terminal.AnswerJson(
                new VerifyAnswer([.. all.Select(one => new OneVerifiedAnswer(one.Folder, one.Today.Index.Provenance.Kernel, one.Difference is null, one.Difference?.ToString(), request.Write && one.Difference is not null))]),
                AnswerJson.Default.VerifyAnswer);
        }

        return request.Write || all.TrueForAll(one => one.Difference is null) ? ExitCode.Done : ExitCode.No;
    }

    private sealed record Checked(string Folder, PatchSeries Today, SeriesDifference? Difference);

    private static Checked Check(string folder, string? treeName, CreatedFiles created)
    {
        var stored = SeriesFolder.Read(folder);
        var index = SeriesFolder.IndexOf(folder, stored) ?? throw IntreeFailure.NotUnderstood(
            $"{Path.Combine(folder, SeriesFile.Name)} is no regular file",
            "make the series again: ksocket-intree series TREE -o DIR");
        var today = treeName is null ? PatchSeries.Remake(index, DriverSource.Bundled, stored, created) : FromTree(index, treeName, created);
        return new Checked(folder, today, SeriesDifference.First(stored, today));
    }

    private static PatchSeries FromTree(SeriesFile index, string treeName, CreatedFiles created)
    {
        var driver = DriverSource.Bundled;
        using var trees = new OpenTrees();
        var tree = trees.Open(treeName);
        var planned = SeriesPlanner.Plan(tree, driver, index.Provenance.Parts);
        return PatchSeries.Of(
            planned,
            Provenance.Of(planned, driver, index.Provenance.Parts, index.Provenance.Kind, index.Provenance.Origin),
            index.Envelope with { BaseCommit = (tree as CommitTree)?.Commit ?? index.Envelope.BaseCommit },
            created);
    }

    /// <summary>The folder itself, if it is a series; or each folder in it that is.</summary>
    private static IEnumerable<string> SeriesIn(string folder)
    {
        if (IsSeries(folder))
        {
            return [folder];
        }

        var inside = Directory.Exists(folder) ? Directory.EnumerateDirectories(folder).Where(IsSeries).Order(LineOrder).ToList() : [];
        return inside.Count > 0 ? inside : throw IntreeFailure.NotUnderstood($"{folder} holds no series", "name a folder that ksocket-intree series wrote");
    }

    private static bool IsSeries(string folder) => File.Exists(Path.Combine(folder, SeriesFile.Name));

    /// <summary>6.8 before 6.12.</summary>
    private static readonly Comparer<string> LineOrder = Comparer<string>.Create((one, other) => string.Compare(
        Path.GetFileName(one), Path.GetFileName(other), System.Globalization.CultureInfo.InvariantCulture, System.Globalization.CompareOptions.NumericOrdering));
}

// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using System.Globalization;
using Ksocket.Intree.Answers;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Series;
using Ksocket.Intree.Files;
using Ksocket.Intree.Git;
using Ksocket.Intree.Options;
using Ksocket.Intree.Output;
using Ksocket.Intree.Trees;

namespace Ksocket.Intree.Commands;

/// <summary>Checks that stored series are up to date; with --write, rewrites those that are not.</summary>
internal static class VerifyCommand
{
    private static readonly Argument<string[]> Folders = new("DIR")
    {
        Description = "Folders that series wrote, or folders of such folders; patches by default",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string?> Tree = new("--tree")
    {
        HelpName = "TREE",
        Description = "Generate from this tree instead of from the data in the series",
    };

    private static readonly Option<bool> Write = new("--write")
    {
        Description = "Rewrite stale series; needs --tree only if the hooks have changed",
    };

    public static Verb Create() => new(
        "verify",
        "Check that stored series are up to date",
        Run) { Folders, Arguments.With, Tree, Write };

    private static VerbOutcome Run(ParseResult parse, Terminal terminal)
    {
        var named = parse.GetValue(Folders) is { Length: > 0 } given ? given : ["patches"];
        var (tree, write) = (parse.GetValue(Tree), parse.GetValue(Write));
        var folders = named.SelectMany(SeriesIn).ToList();
        if (tree is not null && folders.Count > 1)
        {
            throw IntreeFailure.NotUnderstood(
                $"--tree takes one series, but {string.Join(' ', named)} has {folders.Count}",
                "pass the folder of the series for that tree");
        }

        var drivers = NamedDrivers.Read(parse.GetValue(Arguments.With), only: false);
        var created = new CreatedFiles();
        // Generate all before writing the first.
        var all = folders.Select(folder => Check(folder, tree, drivers, created)).ToList();
        var stale = all.Where(one => one.Difference is not null).ToList();
        var edited = new List<string>();
        if (write)
        {
            using var interruption = Interruption.Ignore();
            stale.ForEach(one => edited.AddRange(SeriesFolder.Write(one.Folder, one.Today, isRecorded: false)));
        }

        var answer = new VerifyAnswer([.. all.Select(one => AnswerOf(one, write))]);
        var exit = write || stale.Count == 0 ? ExitCode.Done : ExitCode.No;
        return VerbOutcome.Of(
            exit,
            terminal => WriteText(terminal, all, write),
            answer,
            AnswerJson.Default.VerifyAnswer) with
        {
            Changed = write && stale.Count > 0,
            Notes = [.. edited, .. all.SelectMany(one => one.Today.DroppedNotes)],
            Advice = write && stale.Count > 0 ? [NotBuilt(tree)] : [],
        };
    }

    /// <summary>What writing a series has not checked.</summary>
    private static string NotBuilt(string? tree) => tree is null
        ? "note: that each patch builds was not checked; it needs a tree: prove --each-patch TREE"
        : $"note: after each patch, Kconfig and Makefile of {tree} lead to its files; that it builds was not checked: "
            + "prove --each-patch TREE";

    private static OneVerifiedAnswer AnswerOf(Checked one, bool write) => new(
        one.Folder,
        one.Today.Index.Provenance.Kernel,
        one.Difference is null,
        one.Difference?.ToString(),
        write && one.Difference is not null);

    private static void WriteText(Terminal terminal, IReadOnlyList<Checked> all, bool write)
    {
        foreach (var one in all)
        {
            var stale = write ? terminal.Odd("rewritten") : terminal.Bad("stale");
            var (state, difference) = one.Difference is null ? (terminal.Good("current"), "") : (stale, $": {one.Difference}");
            terminal.Answer($"{state}  {one.Folder}, linux {one.Today.Index.Provenance.Kernel}{difference}");
        }

        var current = all.Count(one => one.Difference is null);
        terminal.Answer($"{all.Count} series: {current} current, {all.Count - current} {(write ? "rewritten" : "stale")}");
    }

    private sealed record Checked(string Folder, PatchSeries Today, SeriesDifference? Difference);

    private static Checked Check(string folder, string? treeName, IReadOnlyList<DriverSource> drivers, CreatedFiles created)
    {
        var stored = SeriesFolder.Read(folder);
        var index = SeriesFolder.IndexOf(folder, stored) ?? throw IntreeFailure.NotUnderstood(
            $"{Path.Combine(folder, SeriesFile.Name)} is not a regular file",
            "write the series again: ksocket-intree series TREE -o DIR");
        var today = treeName is null
            ? PatchSeries.Remake(index, drivers, stored, created)
            : FromTree(index, treeName, drivers, stored, created);
        return new Checked(folder, today, SeriesDifference.First(stored, today));
    }

    private static PatchSeries FromTree(
        SeriesFile index,
        string treeName,
        IReadOnlyList<DriverSource> drivers,
        IReadOnlyDictionary<string, ByteString> stored,
        CreatedFiles created)
    {
        var people = index.Envelope.Maintainers.Select(person => person.ToString()).ToList();
        var own = index.Provenance.DriversAmong(drivers).Select(driver => driver.MaintainedBy(people));
        using var trees = new OpenTrees();
        var tree = trees.Open(treeName);
        var planned = SeriesPlanner.Plan(tree, [.. own], index.Provenance.Parts);
        return PatchSeries.Of(
            planned,
            Provenance.Of(planned, index.Provenance.Parts, index.Provenance.Kind, index.Provenance.Origin),
            index.Envelope with { BaseCommit = (tree as CommitTree)?.Commit ?? index.Envelope.BaseCommit },
            created,
            SenderTexts.Read(stored));
    }

    /// <summary>The folder itself, if it is a series; else each series in it.</summary>
    private static IEnumerable<string> SeriesIn(string folder)
    {
        if (IsSeries(folder))
        {
            return [folder];
        }

        var inside = Directory.Exists(folder) ? IoFailures.Try(
            folder,
            () => Directory.EnumerateDirectories(folder).Where(IsSeries).Order(LineOrder).ToList()) : [];
        return inside.Count > 0 ? inside : throw IntreeFailure.NotUnderstood(
            $"{folder} has no series",
            "pass a folder that ksocket-intree series wrote");
    }

    private static bool IsSeries(string folder) => SeriesFolder.IsSeries(folder);

    /// <summary>6.8 before 6.12.</summary>
    private static readonly Comparer<string> LineOrder = Comparer<string>.Create((one, other) => string.Compare(
        Path.GetFileName(one), Path.GetFileName(other), CultureInfo.InvariantCulture, CompareOptions.NumericOrdering));
}

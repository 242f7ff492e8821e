// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using Ksocket.Intree.Answers;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Series;
using Ksocket.Intree.Files;
using Ksocket.Intree.Git;
using Ksocket.Intree.Options;
using Ksocket.Intree.Output;
using Ksocket.Intree.Trees;

namespace Ksocket.Intree.Commands;

/// <summary>Adds the patches of a series to a branch as commits.</summary>
internal static class CommitCommand
{
    private static readonly Argument<string?> Tree = Arguments.Tree(
        "A commit as REPO@REV[:FOLDER], or a repository, which means its HEAD; the current folder by default");

    private static readonly Option<string?> BranchName = new("--branch", "-b")
    {
        HelpName = "BRANCH",
        Description = "The branch: a new one, or one that points at REV; ksocket by default",
    };

    private static readonly Option<IReadOnlyList<Part>?> PartsOption = Arguments.Parts("all");

    public static Verb Create()
    {
        const string description = "Add the integration to a branch as commits; the worktree changes only if that branch is checked out";
        var verb = new Verb("commit", description, Run)
        {
            Tree, Arguments.With, Arguments.Only, BranchName,
            EnvelopeOptions.SignOff, EnvelopeOptions.Author, EnvelopeOptions.Maintainer, EnvelopeOptions.Date,
            PartsOption,
        };
        verb.Validators.Add(Arguments.RefuseOnly);
        return verb;
    }

    private static VerbOutcome Run(ParseResult parse, Terminal terminal)
    {
        var (named, branch, envelope) = (
            parse.GetValue(Tree) ?? ".",
            parse.GetValue(BranchName) ?? "ksocket",
            EnvelopeOptions.ReadCommon(parse, parse.GetValue(Tree) ?? "."));
        var name = Directory.Exists(named) ? CommitName.Of(named, "HEAD") : CommitName.Parse(named);
        using var tree = CommitTree.Open(name);
        var people = envelope.Maintainers.Select(person => person.ToString()).ToList();
        var drivers = NamedDrivers.Read(parse.GetValue(Arguments.With), parse.GetValue(Arguments.Only))
            .Select(driver => driver.MaintainedBy(people));
        var series = SeriesPlanner.Plan(tree, [.. drivers], parse.GetValue(PartsOption) ?? Parts.All);
        using var interruption = Interruption.Ignore(); // do not interrupt a checkout
        var result = Branch.Write(tree, branch, series, envelope);
        var answer = new CommitAnswer(
            tree.Name,
            series.Version.ToString(),
            branch,
            result.BaseCommit,
            [.. result.Commits],
            result.CheckedOut);
        return VerbOutcome.Of(
            ExitCode.Done,
            terminal => Write(terminal, branch, series, result),
            answer,
            AnswerJson.Default.CommitAnswer) with
        {
            Changed = true,
            Advice = [.. EnvelopeOptions.Unsigned(envelope, "submit", "-s")],
        };
    }

    private static void Write(Terminal terminal, string branch, PlannedSeries series, BranchResult result)
    {
        var checkedOut = result.CheckedOut ? ", which is checked out" : "";
        terminal.Answer(terminal.Strong($"linux {series.Version}: ") + $"{result.Commits.Length} commits on branch {branch}{checkedOut}");
        foreach (var (id, patch) in result.Commits.Zip(series.Patches))
        {
            terminal.Answer($"  {terminal.Odd(id[..12])}  {patch.Topic.Subject}");
        }
    }
}

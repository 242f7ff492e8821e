// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using Ksocket.Intree.Answers;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Mail;
using Ksocket.Intree.Core.Series;
using Ksocket.Intree.Git;
using Ksocket.Intree.Words;

namespace Ksocket.Intree.Commands;

/// <summary>Puts the same patches onto a branch as commits.</summary>
internal static class CommitCommand
{
    private static readonly Argument<string> Tree = Arguments.Tree("A commit as REPO@REV, or a repository, which means its HEAD; the current folder by default");

    private static readonly Option<string> BranchName = new("--branch", "-b") { HelpName = "BRANCH", Description = "The branch: a new one, or one that stands at REV", DefaultValueFactory = _ => "ksocket" };

    private static readonly Option<IReadOnlyList<Part>?> PartsOption = Arguments.Parts("all");

    public static Command Create(Terminal terminal)
    {
        var command = new Command("commit", "Put the integration onto a branch as commits; the worktree is touched only where that branch is checked out")
        {
            Tree, BranchName, EnvelopeOptions.SignOff, EnvelopeOptions.Author, EnvelopeOptions.Date, PartsOption,
        };
        command.SetAction(parse => (int)Run(
            new Request(parse.GetRequiredValue(Tree), parse.GetRequiredValue(BranchName), EnvelopeOptions.ReadCommon(parse), parse.GetValue(PartsOption) ?? Parts.All), terminal));
        return command;
    }

    internal sealed record Request(string Tree, string Branch, Envelope Envelope, IReadOnlyList<Part> Parts);

    internal static ExitCode Run(Request request, Terminal terminal)
    {
        var name = CommitTree.IsNamedBy(request.Tree) ? request.Tree : request.Tree + "@HEAD";
        if (!CommitTree.IsNamedBy(name))
        {
            throw IntreeFailure.NotUnderstood($"there is no folder {request.Tree}", "name a repository, or a commit in one as REPO@REV");
        }

        using var tree = CommitTree.Open(name);
        var series = SeriesPlanner.Plan(tree, DriverSource.Bundled, request.Parts);
        var result = Branch.Write(tree, request.Branch, series, request.Envelope);

        if (terminal.Json)
        {
            terminal.AnswerJson(new CommitAnswer(name, series.Version.ToString(), request.Branch, result.BaseCommit, [.. result.Commits], result.CheckedOut), AnswerJson.Default.CommitAnswer);
            return ExitCode.Done;
        }

        terminal.Answer(terminal.Strong($"linux {series.Version}: ") + $"{result.Commits.Length} commits on branch {request.Branch}{(result.CheckedOut ? ", which is checked out" : "")}");
        foreach (var (id, patch) in result.Commits.Zip(series.Patches))
        {
            terminal.Answer($"  {terminal.Odd(id[..12])}  {patch.Topic.Subject}");
        }

        return ExitCode.Done;
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using System.CommandLine.Parsing;
using Ksocket.Intree.Answers;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Output;
using Ksocket.Intree.Reports;

namespace Ksocket.Intree.Commands;

/// <summary>Joins the results of any number of runs of prove, of any number of machines.</summary>
internal static class ReportCommand
{
    private static readonly Argument<string[]> Files = new("FILE")
    {
        Description = "Files that prove --json or prove --record wrote; of two results for the same kernel and form the newer counts",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> Html = new("--html") { HelpName = "FILE", Description = "Also write a page to publish" };

    private static readonly Option<string?> Markdown = new("--markdown") { HelpName = "FILE", Description = "Also write a Markdown table" };

    private static readonly Option<string?> Junit = new("--junit")
    {
        HelpName = "FILE",
        Description = "Also write a JUnit XML report for a CI system",
    };

    private static readonly Option<string?> Badge = new("--badge")
    {
        HelpName = "FILE",
        Description = "Also write an SVG badge for a README",
    };

    private static readonly Option<string?> Logs = new("--logs")
    {
        HelpName = "URL",
        Description = "With --html: the address of the folder that has the logs of prove, for links",
    };

    /// <param name="program">Name, version and commit of the program, for the page.</param>
    public static Verb Create(string program)
    {
        var verb = new Verb(
            "report", "Join the results of runs of prove into one matrix of kernels and forms", (parse, _) => Run(parse, program))
        {
            Files, Html, Markdown, Junit, Badge, Logs,
        };
        verb.Validators.Add(Validate);
        return verb;
    }

    private static void Validate(CommandResult result)
    {
        var logs = result.GetValue(Logs);
        if (logs is not null && result.GetValue(Html) is null)
        {
            result.AddError("--logs needs --html: the links are in the page");
        }
        else if (logs is not null && !(Uri.TryCreate(logs, UriKind.RelativeOrAbsolute, out var url)
            && (!url.IsAbsoluteUri || url.Scheme is "http" or "https")))
        {
            result.AddError($"--logs: '{logs}' is not an http or https address, or a path relative to the page");
        }
    }

    private static VerbOutcome Run(ParseResult parse, string program)
    {
        // Report a file that cannot be written before the work, as prove does.
        using var html = ReportFile.Open(parse.GetValue(Html));
        using var markdown = ReportFile.Open(parse.GetValue(Markdown));
        using var junit = ReportFile.Open(parse.GetValue(Junit));
        using var badge = ReportFile.Open(parse.GetValue(Badge));
        var matrix = ResultMatrix.Of(parse.GetValue(Files)!.SelectMany(ResultFile.Read), DriverSource.Bundled.Hash);
        html?.Write(MatrixHtml.Write(matrix, program, parse.GetValue(Logs)));
        markdown?.Write(MatrixText.Markdown(matrix));
        junit?.Write(MatrixJunit.Write(matrix));
        badge?.Write(MatrixBadge.Write(matrix));
        var answer = new ReportAnswer(
            matrix.Failed.Count == 0,
            matrix.Driver,
            [.. matrix.Rows.GroupBy(row => row.Kernel)
                .Select(rows => new ProofRecord(rows.Key, [.. rows.SelectMany(row => row.Cells.Values).Select(result => result.Proof)]))]);
        return VerbOutcome.Of(
            matrix.Failed.Count == 0 ? ExitCode.Done : ExitCode.NotProven,
            terminal => MatrixText.Write(terminal, matrix),
            answer,
            AnswerJson.Default.ReportAnswer);
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using System.CommandLine.Parsing;

namespace Ksocket.Intree.Options;

/// <summary>Options of prove for files that it writes in addition to its answer.</summary>
internal static class ReportOptions
{
    public static readonly Option<string?> Junit = new("--junit")
    {
        HelpName = "FILE",
        Description = "Also write a JUnit XML report for a CI system",
    };

    public static readonly Option<string?> Html = new("--html")
    {
        HelpName = "FILE",
        Description = "Also write an HTML page with the logs",
    };

    public static readonly Option<string?> Record = new("--record")
    {
        HelpName = "FILE",
        Description = "Also keep the result of one tree in FILE, as short JSON without paths, for a repository; "
            + "each form keeps its last result",
    };

    /// <summary>A record is of one kernel, and of what any reader can prove again: no image, no test of the user.</summary>
    public static void RefuseRecord(CommandResult result, Argument<string[]> trees, IEnumerable<Option> others)
    {
        if (result.GetValue(Record) is null)
        {
            return;
        }

        if (result.GetValue(trees) is { Length: > 1 })
        {
            result.AddError("--record keeps the result of one tree: run prove once for each TREE");
        }

        foreach (var option in others.Where(option => result.GetResult(option) is { Implicit: false }))
        {
            result.AddError($"--record and {option.Name} exclude each other");
        }
    }
}

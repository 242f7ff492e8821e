// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using Ksocket.Intree.Commands;
using Ksocket.Intree.Core;
using Ksocket.Intree.Options;
using Ksocket.Intree.Output;

namespace Ksocket.Intree;

/// <summary>The command line: all verbs, and the common options.</summary>
internal static class RootVerb
{
    private const string About =
        "Add the ksocket driver to a Linux source tree, test that it builds and boots, and remove it completely";

    /// <summary>Every verb, in the order of --help.</summary>
    private static readonly (string Name, Func<Verb> Create)[] Verbs =
    [
        ("probe", ProbeCommand.Create),
        ("plan", PlanCommand.Create),
        ("apply", ApplyCommand.Create),
        ("remove", RemoveCommand.Create),
        ("status", StatusCommand.Create),
        ("refresh", RefreshCommand.Create),
        ("commit", CommitCommand.Create),
        ("series", SeriesCommand.Create),
        ("verify", VerifyCommand.Create),
        ("send", SendCommand.Create),
        ("prove", () => ProveCommand.Create(ProgramVersion.Line)),
        ("report", () => ReportCommand.Create(ProgramVersion.Line)),
        ("new", NewCommand.Create),
        ("clean", CleanCommand.Create),
        ("explain", ExplainCommand.Create),
        ("completion", CompletionCommand.Create),
        (HelpCommand.Name, () => HelpCommand.Create(ProgramVersion.Number)),
    ];

    /// <summary>The command line with every verb.</summary>
    public static RootCommand Create() => With(Verbs);

    /// <summary>
    /// The part of it that these arguments use: the options of all verbs are a tenth of the time that a start takes.
    /// </summary>
    private static RootCommand CreateFor(string[] words) => words switch
    {
        ["--version"] => With([]),
        [HelpCommand.Name or "completion", ..] => Create(), // they print the other verbs
        [var first, ..] when Verbs.Where(verb => verb.Name == first).ToArray() is [var only] => With([only]),
        _ => Create(),
    };

    private static RootCommand With(IEnumerable<(string Name, Func<Verb> Create)> verbs)
    {
        var root = new RootCommand(About) { CommonOptions.Folder, CommonOptions.Color, CommonOptions.Json, CommonOptions.Quiet };
        foreach (var (_, create) in verbs)
        {
            root.Add(create());
        }

        root.HelpName = "ksocket-intree";
        return root;
    }

    /// <summary>Parses the arguments. "help VERB" means "VERB --help"; '@FILE' is not expanded.</summary>
    public static ParseResult Parse(string[] words)
    {
        string[] meant = words is [HelpCommand.Name, .. var verb] && !words.Contains(HelpCommand.AsMan)
            ? [.. verb.Where(word => word != "--help"), "--help"]
            : words;
        return CreateFor(meant).Parse(meant, new ParserConfiguration { ResponseFileTokenReplacer = null });
    }

    /// <summary>Applies the common options, before the verb runs.</summary>
    public static void ApplyOptions(ParseResult parse, Terminal terminal)
    {
        terminal.Color = parse.GetValue(CommonOptions.Color);
        terminal.Json = parse.GetValue(CommonOptions.Json);
        terminal.Quiet = parse.GetValue(CommonOptions.Quiet);
        if (parse.GetValue(CommonOptions.Folder) is { } folder)
        {
            if (!Directory.Exists(folder))
            {
                throw IntreeFailure.NotUnderstood($"-C: no such folder: {folder}", "pass an existing folder");
            }

            Environment.CurrentDirectory = folder;
        }
    }
}

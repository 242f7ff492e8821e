// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using System.CommandLine.Parsing;
using Ksocket.Intree.Commands;
using Ksocket.Intree.Core;

namespace Ksocket.Intree;

/// <summary>The whole surface of the program: its verbs in reading order, and the options every verb has.</summary>
internal static class RootVerb
{
    private static readonly Option<string> Folder = new("-C") { HelpName = "DIR", Description = "Run as if started in DIR", Recursive = true };

    private static readonly Option<ColorChoice> Color = new("--color")
    {
        HelpName = "auto|always|never",
        Description = "When to colour the answer; auto is on a terminal without NO_COLOR",
        Recursive = true,
        CustomParser = result => Enum.TryParse<ColorChoice>(result.Tokens[0].Value, ignoreCase: true, out var choice) ? choice : Unknown(result),
    };

    internal static readonly Option<bool> Json = new("--json") { Description = "Answer with one JSON object; see tool/docs/json.md", Recursive = true };

    private static ColorChoice Unknown(ArgumentResult result)
    {
        result.AddError($"--color: '{result.Tokens[0].Value}' is none of auto, always and never");
        return ColorChoice.Auto;
    }

    public static RootCommand Create(Terminal terminal) =>
        new("Put the ksocket driver into a Linux source tree, prove that it builds and boots, and take it out again without a trace")
        {
            Folder,
            Color,
            Json,
            ProbeCommand.Create(terminal),
            PlanCommand.Create(terminal),
            ApplyCommand.Create(terminal),
            RemoveCommand.Create(terminal),
            StatusCommand.Create(terminal),
            RefreshCommand.Create(terminal),
            CommitCommand.Create(terminal),
            SeriesCommand.Create(terminal),
            VerifyCommand.Create(terminal),
            ProveCommand.Create(terminal),
        };

    /// <summary>Carries out the options of every verb, before the verb.</summary>
    public static void Settle(ParseResult parse, Terminal terminal)
    {
        terminal.Color = parse.GetValue(Color);
        terminal.Json = parse.GetValue(Json);
        if (parse.GetValue(Folder) is { } folder)
        {
            if (!Directory.Exists(folder))
            {
                throw IntreeFailure.NotUnderstood($"-C {folder}: there is no such folder");
            }

            Environment.CurrentDirectory = folder;
        }
    }
}

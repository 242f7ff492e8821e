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

    public static RootCommand Create()
    {
        var root = new RootCommand(About)
        {
            CommonOptions.Folder,
            CommonOptions.Color,
            CommonOptions.Json,
            CommonOptions.Quiet,
            ProbeCommand.Create(),
            PlanCommand.Create(),
            ApplyCommand.Create(),
            RemoveCommand.Create(),
            StatusCommand.Create(),
            RefreshCommand.Create(),
            CommitCommand.Create(),
            SeriesCommand.Create(),
            VerifyCommand.Create(),
            SendCommand.Create(),
            ProveCommand.Create(),
            ReportCommand.Create(ProgramVersion.Line),
            NewCommand.Create(),
            CleanCommand.Create(),
            ExplainCommand.Create(),
            CompletionCommand.Create(),
            HelpCommand.Create(ProgramVersion.Number),
        };
        root.HelpName = "ksocket-intree";
        return root;
    }

    /// <summary>Parses the arguments. "help VERB" means "VERB --help"; '@FILE' is not expanded.</summary>
    public static ParseResult Parse(string[] words)
    {
        string[] meant = words is [HelpCommand.Name, .. var verb] && !words.Contains(HelpCommand.AsMan)
            ? [.. verb.Where(word => word != "--help"), "--help"]
            : words;
        return Create().Parse(meant, new ParserConfiguration { ResponseFileTokenReplacer = null });
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

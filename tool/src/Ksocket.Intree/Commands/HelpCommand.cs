// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using Ksocket.Intree.Documents;
using Ksocket.Intree.Options;
using Ksocket.Intree.Output;

namespace Ksocket.Intree.Commands;

/// <summary>
/// Prints a manual page. Without --man, RootVerb passes "help VERB" to the parser as "VERB --help", so this is not run.
/// </summary>
internal static class HelpCommand
{
    public const string Name = "help";

    public const string AsMan = "--man";

    private static readonly Argument<string?> About = new("VERB")
    {
        Description = "The verb; without one, the help of ksocket-intree",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<bool> Man = new(AsMan) { Description = "Print the manual page, for man -l" };

    /// <param name="version">The version that the manual pages name.</param>
    public static Verb Create(string version)
    {
        var verb = new Verb(Name, "Show the help of a verb", (parse, _) => Run(parse, version)) { About, Man };
        verb.Validators.Add(result =>
        {
            var verbs = ((Command)result.Command.Parents.Single()).Subcommands.Select(known => known.Name).ToList();
            if (result.GetValue(About) is { } name && !verbs.Contains(name))
            {
                var meant = Suggestion.For(name, verbs) is { } similar ? $"; did you mean {similar}?" : "";
                result.AddError($"help: unknown verb '{name}'{meant}");
            }
        });
        return verb;
    }

    private static VerbOutcome Run(ParseResult parse, string version)
    {
        var manual = Manual.Of(parse.RootCommandResult.Command);
        var page = parse.GetValue(About) is { } name
            ? ManPage.Of(manual.Verbs.Single(verb => verb.Name == name), version)
            : ManPage.Overview(manual, version);
        return new VerbOutcome(ExitCode.Done) { Text = terminal => terminal.AnswerRaw(page) };
    }
}

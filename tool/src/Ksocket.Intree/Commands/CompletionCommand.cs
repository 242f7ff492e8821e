// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using Ksocket.Intree.Documents;
using Ksocket.Intree.Options;
using Ksocket.Intree.Output;

namespace Ksocket.Intree.Commands;

/// <summary>Prints the completion script of a shell.</summary>
internal static class CompletionCommand
{
    private static readonly Argument<Shell> Of = new("SHELL")
    {
        HelpName = "SHELL",
        Description = "The shell: bash, zsh or fish",
        CustomParser = result => EnumWord.Read<Shell>("completion", result),
    };

    public static Verb Create() => new("completion", "Print the completion script of a shell", Run) { Of };

    private static VerbOutcome Run(ParseResult parse, Terminal terminal)
    {
        var script = Completion.Of(parse.GetValue(Of), Manual.Of(parse.RootCommandResult.Command));
        return new VerbOutcome(ExitCode.Done) { Text = terminal => terminal.AnswerRaw(script) };
    }
}

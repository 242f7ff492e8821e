// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using System.CommandLine.Help;
using Ksocket.Intree.Commands;
using Ksocket.Intree.Core;
using Ksocket.Intree.Documents;
using Ksocket.Intree.Options;
using Ksocket.Intree.Output;

namespace Ksocket.Intree;

/// <summary>Parses the arguments, runs the verb, and passes its outcome to <see cref="Report"/>.</summary>
internal static class Program
{
    public static int Main(string[] words)
    {
        var (answer, messages) = StandardStreams.Open();
        var terminal = new Terminal(answer, messages, !Console.IsOutputRedirected, !Console.IsErrorRedirected);
        using var interrupts = new Interrupts(terminal);
        return (int)Run(words, terminal, messages);
    }

    internal static ExitCode Run(string[] words, Terminal terminal, TextWriter messages)
    {
        VerbOutcome outcome;
        try
        {
            var parse = RootVerb.Parse(words);
            if (ArgumentCheck.FirstFault(parse, words) is { } fault)
            {
                var failure = IntreeFailure.NotUnderstood(fault.Message, fault.Hint);
                return Report.ShowError(failure, ErrorCode.Usage, ExitCode.Usage, terminal);
            }

            RootVerb.ApplyOptions(parse, terminal);
            outcome = parse.CommandResult.Command is Verb verb && parse.Action == verb.Action
                ? verb.Run(parse, terminal)
                : Help(parse, terminal, messages);
        }
        catch (Exception error) when (Failures.IsReported(error))
        {
            outcome = Failures.OutcomeOf(error);
        }

        return Report.Show(outcome, terminal);
    }

    /// <summary>--help and --version, printed by the parser.</summary>
    private static VerbOutcome Help(ParseResult parse, Terminal terminal, TextWriter messages)
    {
        if (parse.Action == parse.RootCommandResult.Command.Options.OfType<VersionOption>().Single().Action)
        {
            return new VerbOutcome(ExitCode.Done)
            {
                Text = terminal => terminal.Answer(ProgramVersion.Line),
                Json = () => ProgramVersion.Line,
            };
        }

        using var text = new StringWriter();
        var help = parse.Action as HelpAction;
        var width = terminal.AnswerWidth ?? HelpNotes.Width;
        help?.MaxWidth = width;
        var exit = parse.Invoke(new InvocationConfiguration { Output = text, Error = messages, EnableDefaultExceptionHandler = false });
        if (help is not null)
        {
            var command = parse.CommandResult.Command;
            text.Write(command is RootCommand ? HelpNotes.TextOf(width) : HelpNotes.ExamplesOf(command.Name, width));
        }

        var lines = text.ToString().Split('\n').Select(line => line.TrimEnd()); // the parser leaves a space at the end of a wrapped line
        var answer = string.Join('\n', lines).TrimEnd();
        return new VerbOutcome((ExitCode)exit) { Text = terminal => terminal.Answer(answer), Json = () => answer };
    }
}

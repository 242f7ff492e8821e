// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using System.CommandLine.Parsing;
using Ksocket.Intree.Answers;
using Ksocket.Intree.Documents;
using Ksocket.Intree.Options;
using Ksocket.Intree.Output;

namespace Ksocket.Intree.Commands;

/// <summary>Explains an error code, or lists all.</summary>
internal static class ExplainCommand
{
    private static readonly ErrorCode[] All = Enum.GetValues<ErrorCode>();

    private static readonly Argument<ErrorCode?> Code = new("CODE")
    {
        HelpName = "CODE",
        Description = "The code that the error names; without one, all are listed",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = Read,
    };

    public static Verb Create() => new("explain", "Explain an error: its meaning, its usual causes, and what to do", Run) { Code };

    private static VerbOutcome Run(ParseResult parse, Terminal terminal)
    {
        ErrorCode[] codes = parse.GetValue(Code) is { } code ? [code] : All;
        var answer = new ExplainAnswer([.. codes.Select(AnswerOf)]);
        return VerbOutcome.Of(
            ExitCode.Done,
            terminal =>
            {
                if (codes is [var only])
                {
                    WriteOne(terminal, only);
                }
                else
                {
                    WriteAll(terminal);
                }
            },
            answer,
            AnswerJson.Default.ExplainAnswer);
    }

    private static ExplainedAnswer AnswerOf(ErrorCode code)
    {
        var explanation = Explanation.Of(code);
        return new ExplainedAnswer(code.Word(), (int)explanation.Exit, explanation.Meaning, explanation.Causes, explanation.Remedies);
    }

    private static void WriteOne(Terminal terminal, ErrorCode code)
    {
        var explanation = Explanation.Of(code);
        terminal.Answer(terminal.Strong(code.Word()) + $" (exit code {(int)explanation.Exit})");
        terminal.Answer(explanation.Meaning);
        WriteList("Usual causes:", explanation.Causes);
        WriteList("What to do:", explanation.Remedies);

        void WriteList(string heading, IReadOnlyList<string> lines)
        {
            terminal.Answer("");
            terminal.Answer(heading);
            foreach (var line in lines)
            {
                terminal.Answer($"  - {line}");
            }
        }
    }

    private static void WriteAll(Terminal terminal)
    {
        var width = All.Max(code => code.Word().Length);
        foreach (var code in All)
        {
            var explanation = Explanation.Of(code);
            terminal.Answer($"{terminal.Strong(code.Word().PadRight(width))}  {(int)explanation.Exit,3}  {explanation.Meaning}");
        }

        terminal.Answer($"{All.Length} codes");
    }

    private static ErrorCode? Read(ArgumentResult result)
    {
        var word = result.Tokens[0].Value;
        foreach (var code in All.Where(code => code.Word() == word))
        {
            return code;
        }

        var meant = Suggestion.For(word, [.. All.Select(code => code.Word())]) is { } similar ? $"; did you mean {similar}?" : "";
        result.AddError($"explain: unknown code '{word}'{meant}");
        return null;
    }
}

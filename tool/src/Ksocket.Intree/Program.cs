// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using System.CommandLine.Invocation;
using Ksocket.Intree.Answers;
using Ksocket.Intree.Core;
using Ksocket.Intree.Files;

namespace Ksocket.Intree;

/// <summary>Parses the words, runs the verb, and turns what went wrong into a sentence and an exit code.</summary>
internal static class Program
{
    public static int Main(string[] words)
    {
        using var answer = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        using var talk = new StreamWriter(Console.OpenStandardError()) { AutoFlush = true };
        return (int)Run(words, new Terminal(answer, talk, !Console.IsOutputRedirected, !Console.IsErrorRedirected), answer, talk);
    }

    internal static ExitCode Run(string[] words, Terminal terminal, TextWriter answer, TextWriter talk)
    {
        try
        {
            var parse = RootVerb.Create(terminal).Parse(words);
            if (parse.Action is ParseErrorAction)
            {
                foreach (var error in parse.Errors)
                {
                    terminal.Talk($"error: {error.Message}");
                }

                terminal.Talk("hint: ksocket-intree --help lists the verbs, ksocket-intree VERB --help its options");
                return ExitCode.Usage;
            }

            RootVerb.Settle(parse, terminal);
            return (ExitCode)parse.Invoke(new InvocationConfiguration { Output = answer, Error = talk, EnableDefaultExceptionHandler = false });
        }
        catch (IntreeFailure failure)
        {
            return Report(failure, ExitCodes.Of(failure.Kind), terminal);
        }
        catch (OperationCanceledException)
        {
            terminal.Talk("error: interrupted; the tree is as it was");
            return ExitCode.Interrupted;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Report(Machine.Failure("ksocket-intree", error), ExitCode.Fatal, terminal);
        }
        catch (Exception error) when (Environment.GetEnvironmentVariable("KSOCKET_INTREE_TRACE") is null)
        {
            var bug = IntreeFailure.Fatal($"this is a bug of ksocket-intree: {error.GetType().Name}: {error.Message}", "run again with KSOCKET_INTREE_TRACE=1 and report what it prints");
            return Report(bug, ExitCode.Fatal, terminal);
        }
    }

    private static ExitCode Report(IntreeFailure failure, ExitCode code, Terminal terminal)
    {
        terminal.Talk($"error: {failure.Message}");
        if (failure.Hint is not null)
        {
            terminal.Talk($"hint: {failure.Hint}");
        }

        if (terminal.Json)
        {
            terminal.AnswerJson(new FailureAnswer(new FailureBody(failure.Message, failure.Hint), (int)code), AnswerJson.Default.FailureAnswer);
        }

        return code;
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Text.Json;
using Ksocket.Intree.Answers;
using Ksocket.Intree.Output;

namespace Ksocket.Intree;

/// <summary>Prints an outcome and returns its exit code.</summary>
internal static class Report
{
    public static ExitCode Show(VerbOutcome outcome, Terminal terminal)
    {
        lock (terminal) // the signal handler prints its own outcome, or waits for this one
        {
            terminal.IsAnswered = true;
            return ShowOnce(outcome, terminal);
        }
    }

    private static ExitCode ShowOnce(VerbOutcome outcome, Terminal terminal)
    {
        try
        {
            ShowAnswer(outcome, terminal);
        }
        catch (AnswerLostException lost)
        {
            var (message, hint) = outcome.Failure is { } first ? (first.Message, first.Hint) : Lost(outcome.Changed, lost);
            return ShowError(message, hint, ExitCode.Fatal, terminal);
        }

        foreach (var line in terminal.Json ? outcome.Notes : [.. outcome.Notes, .. outcome.Advice])
        {
            terminal.Message(line);
        }

        return outcome.Failure is { } failure ? ShowError(failure.Message, failure.Hint, outcome.Exit, terminal) : outcome.Exit;
    }

    public static ExitCode ShowError(string message, string? hint, ExitCode exit, Terminal terminal)
    {
        terminal.Message($"error: {message}");
        if (hint is not null)
        {
            terminal.Message($"hint: {hint}");
        }

        return exit;
    }

    private static void ShowAnswer(VerbOutcome outcome, Terminal terminal)
    {
        if (!terminal.Json)
        {
            outcome.Text?.Invoke(terminal);
        }
        else if (outcome.Json is not null)
        {
            terminal.Answer(outcome.Json());
        }
        else if (outcome.Failure is { } failure)
        {
            var answer = new FailureAnswer(new FailureBody(failure.Message, failure.Hint), (int)outcome.Exit);
            terminal.Answer(JsonSerializer.Serialize(answer, AnswerJson.Default.FailureAnswer));
        }
    }

    private static (string Message, string? Hint) Lost(bool changed, AnswerLostException lost) => changed
        ? (
            $"the changes were made, but writing to stdout failed: {lost.Message}",
            "run ksocket-intree status to see the state of the tree")
        : (
            $"writing to stdout failed: {lost.Message}",
            "nothing was changed; check stdout and run the command again");
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Text.Json;
using Ksocket.Intree.Answers;
using Ksocket.Intree.Core;
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
            return ShowError(outcome.Failure ?? Lost(outcome.Changed, lost), ErrorCode.Output, ExitCode.Fatal, terminal);
        }

        foreach (var line in terminal.Json ? outcome.Notes : [.. outcome.Notes, .. outcome.Advice])
        {
            terminal.Message(line);
        }

        return outcome.Failure is { } failure ? ShowError(failure, CodeOf(outcome, failure), outcome.Exit, terminal) : outcome.Exit;
    }

    public static ExitCode ShowError(IntreeFailure failure, ErrorCode code, ExitCode exit, Terminal terminal)
    {
        terminal.Error($"error: {failure.Message}");
        foreach (var line in failure.Details)
        {
            terminal.Error($"  {line}");
        }

        if (failure.Hint is { } hint)
        {
            terminal.Error($"hint: {hint}");
        }

        terminal.Error($"see: ksocket-intree explain {code.Word()}");
        return exit;
    }

    private static ErrorCode CodeOf(VerbOutcome outcome, IntreeFailure failure) => outcome.Code ?? ErrorCodes.Of(failure.Kind);

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
            var answer = new FailureAnswer(FailureBody.Of(CodeOf(outcome, failure), failure), (int)outcome.Exit);
            terminal.Answer(JsonSerializer.Serialize(answer, AnswerJson.Default.FailureAnswer));
        }
    }

    private static IntreeFailure Lost(bool changed, AnswerLostException lost) => changed
        ? IntreeFailure.Fatal(
            $"the changes were made, but writing to stdout failed: {lost.Message}",
            "run ksocket-intree status to see the state of the tree")
        : IntreeFailure.Fatal(
            $"writing to stdout failed: {lost.Message}",
            "nothing was changed; check stdout and run the command again");
}

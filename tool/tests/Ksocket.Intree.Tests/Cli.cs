// SPDX-License-Identifier: GPL-2.0-only
using System.Text.Json;

namespace Ksocket.Intree.Tests;

/// <summary>One run of the program in this process: exit code, stdout and stderr.</summary>
internal sealed record Cli(ExitCode Exit, string Answer, string Messages)
{
    public JsonElement Json => JsonDocument.Parse(Answer).RootElement;

    public static Cli Run(params string[] words)
    {
        using var answer = new StringWriter();
        using var messages = new StringWriter();
        var exit = Program.Run(words, new Terminal(answer, messages), messages);
        return new Cli(exit, answer.ToString(), messages.ToString());
    }

    /// <summary>Runs the program and asserts success.</summary>
    public static void Done(params string[] words)
    {
        var run = Run(words);
        Assert.True(run.Exit == ExitCode.Done, $"{string.Join(' ', words)}: {run.Exit}: {run.Answer}{run.Messages}");
    }

    /// <summary>Asserts one error and one hint, the exit code, and parts of the message.</summary>
    public void RefusesWith(ExitCode exit, params ReadOnlySpan<string> words)
    {
        Assert.Equal(exit, Exit);
        Assert.Single(Messages.Split('\n'), line => line.StartsWith("error: ", StringComparison.Ordinal));
        Assert.Single(Messages.Split('\n'), line => line.StartsWith("hint: ", StringComparison.Ordinal));
        foreach (var word in words)
        {
            Assert.Contains(word, Messages, StringComparison.Ordinal);
        }
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Text;
using Ksocket.Intree.Core;

namespace Ksocket.Intree.Git;

/// <summary>The user's git configuration, as git reads it in a folder.</summary>
public static class GitSettings
{
    private const int NoMatch = 1;

    /// <summary>The settings of a section by name, in lower case but for the middle of a name; of several values, the last.</summary>
    public static IReadOnlyDictionary<string, string> Of(string folder, string section)
    {
        var git = GitProgram.Run(folder, "config", "-z", "--get-regexp", $"^{section}\\.");
        if (!git.Succeeded && git.ExitCode != NoMatch)
        {
            throw IntreeFailure.NotUnderstood(
                $"git config: {git.Errors.ToString().Trim().Split('\n')[0]}",
                "correct your git configuration");
        }

        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in Encoding.UTF8.GetString(git.Output.ToArray()).Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            // A name without '=' is true.
            var (name, value) = entry.Split('\n', 2) is [var one, var two] ? (one, two) : (entry, "true");
            settings[name] = value;
        }

        return settings;
    }

    /// <summary>A password from the user's credential helpers; null if none has it. Nobody is asked.</summary>
    /// <param name="host">With its port.</param>
    public static string? Password(string folder, string protocol, string host, string user)
    {
        using var git = GitProgram.Converse(folder, "credential", "fill");
        using (var questions = git.Questions)
        {
            questions.Write(Encoding.UTF8.GetBytes($"protocol={protocol}\nhost={host}\nusername={user}\n\n"));
        }

        using var answers = new StreamReader(git.Answers, Encoding.UTF8);
        var line = answers.ReadToEnd().Split('\n').FirstOrDefault(line => line.StartsWith("password=", StringComparison.Ordinal));
        return line?["password=".Length..];
    }
}

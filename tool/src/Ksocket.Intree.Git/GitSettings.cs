// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using System.Text;
using Ksocket.Intree.Core;

namespace Ksocket.Intree.Git;

/// <summary>The user's git configuration, as git reads it in a folder.</summary>
public static class GitSettings
{
    private const int NoMatch = 1;

    /// <summary>The settings of a section by name, in lower case but for the middle of a name; of several values, the last.</summary>
    public static IReadOnlyDictionary<string, string> Of(string folder, string section) =>
        All(folder, section).ToDictionary(setting => setting.Key, setting => setting.Last(), StringComparer.Ordinal);

    /// <summary>The settings of a section by name, in lower case but for the middle of a name, with their values in order.</summary>
    /// <param name="section">A regular expression.</param>
    public static ILookup<string, string> All(string folder, string section)
    {
        var git = GitProgram.Run(folder, "config", "-z", "--get-regexp", $"^{section}\\.");
        if (!git.Succeeded && git.ExitCode != NoMatch)
        {
            throw IntreeFailure.NotUnderstood(
                $"git config: {git.Errors.ToString().Trim().Split('\n')[0]}",
                "correct your git configuration");
        }

        // A name without '=' is true.
        return Encoding.UTF8.GetString(git.Output.ToArray()).Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(entry => entry.Split('\n', 2) is [var name, var value] ? (Name: name, Value: value) : (Name: entry, Value: "true"))
            .ToLookup(entry => entry.Name, entry => entry.Value, StringComparer.Ordinal);
    }

    /// <summary>A truth value as git reads it (git-config(1), "--type=bool"): also on, off, yes, no and numbers.</summary>
    public static bool ToBoolean(string name, string value) => value.ToLowerInvariant() switch
    {
        "true" or "yes" or "on" => true,
        "false" or "no" or "off" or "" => false,
        var other when long.TryParse(other, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number != 0,
        _ => throw IntreeFailure.NotUnderstood($"{name} of git's configuration is '{value}', neither true nor false", "correct it"),
    };

    /// <summary>A setting that is a path, with "~" resolved; null if it is not set.</summary>
    public static string? Path(string folder, string name)
    {
        var git = GitProgram.Run(folder, "config", "-z", "--type=path", "--get", name);
        return git.Succeeded ? Encoding.UTF8.GetString(git.Output.ToArray()).TrimEnd('\0') : null;
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

// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using System.Text;
using Ksocket.Intree.Core;

namespace Ksocket.Intree.Git;

/// <summary>Names patches by what they change, with git patch-id: white space and line numbers make no difference.</summary>
public static class PatchIds
{
    private const int DigitsOfCommit = 40;

    /// <param name="patches">Mails or diffs, with line feeds.</param>
    /// <returns>The id of each; null where there is no diff.</returns>
    public static IReadOnlyList<string?> Of(IReadOnlyList<string> patches)
    {
        var ids = new string?[patches.Count];
        using var git = GitProgram.Converse(Path.GetTempPath(), "patch-id", "--stable");
        // git answers while it reads: with many patches both pipes would fill up.
        var answers = Task.Run(() =>
        {
            using var reader = new StreamReader(git.Answers, Encoding.ASCII);
            return reader.ReadToEnd();
        });
        try
        {
            using var questions = git.Questions;
            for (var at = 0; at < patches.Count; at++)
            {
                // The number stands for the commit that git names beside the id.
                var start = $"\n{patches[at]}".IndexOf("\ndiff --git ", StringComparison.Ordinal);
                var diff = start < 0 ? "" : patches[at][start..];
                var number = at.ToString($"x{DigitsOfCommit}", CultureInfo.InvariantCulture);
                questions.Write(Encoding.UTF8.GetBytes($"commit {number}\n{diff}\n"));
            }
        }
        catch (IOException error)
        {
            throw IntreeFailure.Fatal($"git patch-id: {error.Message}", "check that git is installed and works", error);
        }

        foreach (var line in answers.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split(' ') is [var id, var commit]
                && int.TryParse(commit, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var at)
                && at < ids.Length)
            {
                ids[at] = id;
            }
        }

        return ids;
    }
}

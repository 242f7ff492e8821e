// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Processes;

namespace Ksocket.Intree.Git;

/// <summary>Runs the git program for what libgit2 cannot do, without prompts, fetches or locks.</summary>
internal static class GitProgram
{
    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["GIT_NO_LAZY_FETCH"] = "1", // otherwise a partial clone fetches into the user's repository
        ["GIT_OPTIONAL_LOCKS"] = "0",
        ["GIT_TERMINAL_PROMPT"] = "0",
    };

    /// <summary>Runs git to its end; its output and its errors are separate.</summary>
    public static ChildResult Run(string folder, params IEnumerable<string> words) => In(folder, words).Run();

    /// <summary>Starts a git process that answers many requests.</summary>
    public static Conversation Converse(string folder, params IEnumerable<string> words) => In(folder, words).Converse();

    private static Child In(string folder, IEnumerable<string> words) =>
        new("git", ["-C", folder, .. words]) { Apart = true, Environment = Settings };
}

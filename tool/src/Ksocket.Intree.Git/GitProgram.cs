// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Processes;

namespace Ksocket.Intree.Git;

/// <summary>The git program, run so that it neither asks, nor fetches, nor takes a lock: for what libgit2 cannot do.</summary>
internal static class GitProgram
{
    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["GIT_NO_LAZY_FETCH"] = "1", // else a partial clone fetches into the user's repository
        ["GIT_OPTIONAL_LOCKS"] = "0",
        ["GIT_TERMINAL_PROMPT"] = "0",
    };

    /// <summary>Runs git to its end; its output and its errors are kept apart.</summary>
    public static ChildResult Run(string folder, params IEnumerable<string> words) => In(folder, words).Run();

    /// <summary>Starts a git that is asked again and again.</summary>
    public static Conversation Converse(string folder, params IEnumerable<string> words) => In(folder, words).Converse();

    private static Child In(string folder, IEnumerable<string> words) => new("git", ["-C", folder, .. words]) { Apart = true, Environment = Settings };
}

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

    private static readonly Dictionary<string, string?> Alone = new(Settings)
    {
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["GIT_CONFIG_GLOBAL"] = "/dev/null",
        ["GIT_ATTR_NOSYSTEM"] = "1",
        ["HOME"] = "/", // git before 2.32 does not know GIT_CONFIG_GLOBAL
        ["XDG_CONFIG_HOME"] = "/",
        ["GIT_TEMPLATE_DIR"] = "",
        ["GIT_AUTHOR_NAME"] = Ours,
        ["GIT_AUTHOR_EMAIL"] = Ours,
        ["GIT_COMMITTER_NAME"] = Ours,
        ["GIT_COMMITTER_EMAIL"] = Ours,
        ["GIT_AUTHOR_DATE"] = "2026-01-01T00:00:00Z", // the same input gives the same commit ids
        ["GIT_COMMITTER_DATE"] = "2026-01-01T00:00:00Z",
    };

    private const string Ours = "ksocket-intree";

    /// <summary>Runs git to its end; its output and its errors are separate.</summary>
    public static ChildResult Run(string folder, params IEnumerable<string> words) => In(folder, words).Run();

    /// <summary>
    /// Runs git in a temporary repository: of the user's configuration, identity, hooks and attributes, nothing is used.
    /// </summary>
    public static ChildResult RunAlone(string folder, params IEnumerable<string> words) =>
        new Child("git", ["-C", folder, .. words]) { Apart = true, Environment = Alone }.Run();

    /// <summary>Starts a git process that answers many requests.</summary>
    public static Conversation Converse(string folder, params IEnumerable<string> words) => In(folder, words).Converse();

    private static Child In(string folder, IEnumerable<string> words) =>
        new("git", ["-C", folder, .. words]) { Apart = true, Environment = Settings };
}

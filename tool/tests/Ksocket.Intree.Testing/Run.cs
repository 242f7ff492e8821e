// SPDX-License-Identifier: GPL-2.0-only
using System.Text;
using Ksocket.Intree.Processes;
using Xunit;

namespace Ksocket.Intree.Testing;

/// <summary>Runs a program and asserts success.</summary>
public static class Run
{
    /// <summary>Runs git with a fixed configuration, identity and clock, in the repository of the folder.</summary>
    private static readonly Dictionary<string, string?> Sealed = new(
        ForeignRepository.Variables.Select(name => KeyValuePair.Create(name, (string?)null)))
    {
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["GIT_CONFIG_GLOBAL"] = "/dev/null",
        ["GIT_AUTHOR_NAME"] = "A U Thor",
        ["GIT_AUTHOR_EMAIL"] = "author@example.org",
        ["GIT_COMMITTER_NAME"] = "C O Mitter",
        ["GIT_COMMITTER_EMAIL"] = "committer@example.org",
        ["GIT_AUTHOR_DATE"] = "2026-01-01T00:00:00Z",
        ["GIT_COMMITTER_DATE"] = "2026-01-01T00:00:00Z",
        ["LC_ALL"] = "C",
    };

    /// <summary>Runs a program and returns its result.</summary>
    public static ChildResult Result(string program, string folder, params string[] arguments) =>
        new Child(program, arguments) { Folder = folder, Environment = Sealed }.Run();

    public static string Program(string program, string folder, params string[] arguments)
    {
        var result = Result(program, folder, arguments);
        Assert.True(result.Succeeded, $"{program} {string.Join(' ', arguments)} exited {result.ExitCode}:\n{result.Output}");
        return Encoding.Latin1.GetString(result.Output.ToArray());
    }

    public static string Git(string folder, params string[] arguments) =>
        Program("git", folder, ["-c", "init.defaultBranch=main", .. arguments]);
}

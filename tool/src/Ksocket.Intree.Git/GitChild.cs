// SPDX-License-Identifier: GPL-2.0-only
using System.ComponentModel;
using System.Diagnostics;
using Ksocket.Intree.Core;

namespace Ksocket.Intree.Git;

/// <summary>The git program, run so that it neither asks, nor fetches, nor writes: for what libgit2 cannot do.</summary>
internal static class GitChild
{
    public static Process Start(string folder, IEnumerable<string> words)
    {
        var start = new ProcessStartInfo("git", ["-C", folder, .. words])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in ForeignRepository.Variables)
        {
            start.Environment.Remove(name); // else it reads, or writes, the repository of somebody's hook
        }

        start.Environment["GIT_NO_LAZY_FETCH"] = "1"; // else a partial clone fetches into the user's repository
        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["LC_ALL"] = "C";
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            throw IntreeFailure.Fatal($"cannot run git: {error.Message}", "install it: apt-get install git", error);
        }
    }

    /// <summary>Runs git to its end; gives its exit code and what it printed.</summary>
    public static (int ExitCode, byte[] Output, string Errors) Run(string folder, params string[] words)
    {
        using var process = Start(folder, words);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        return (process.ExitCode, output.ToArray(), errors.GetAwaiter().GetResult());
    }
}

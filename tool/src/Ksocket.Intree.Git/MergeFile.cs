// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Git;

/// <summary>git's three-way merge (git manual, git-merge-file), on three temporary files.</summary>
public static class MergeFile
{
    /// <summary>The file with both sets of edits; null if they conflict.</summary>
    public static ByteString? Run(ByteString common, ByteString theirs, ByteString ours)
    {
        var folder = Directory.CreateTempSubdirectory("ksocket-merge-").FullName;
        try
        {
            foreach (var (name, bytes) in ((string, ByteString)[])[("base", common), ("theirs", theirs), ("ours", ours)])
            {
                File.WriteAllBytes(Path.Combine(folder, name), bytes.Span);
            }

            var git = GitProgram.Run(folder, "merge-file", "-p", "-q", "theirs", "base", "ours");
            return git.ExitCode switch
            {
                0 => new ByteString(git.Output.ToArray()),
                > 0 and < 128 => default(ByteString?), // the number of conflicts
                _ => throw IntreeFailure.Fatal($"git merge-file failed: {git.Errors.ToString().Trim()}"),
            };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

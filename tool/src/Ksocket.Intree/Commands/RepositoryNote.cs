// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Series;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Git;

namespace Ksocket.Intree.Commands;

/// <summary>
/// How to apply patches whose kernel is a folder of a larger repository: their paths begin at the kernel, and git skips,
/// without an error, paths outside the folder that it is started in.
/// </summary>
internal static class RepositoryNote
{
    /// <param name="tree">As the user named it.</param>
    public static IEnumerable<string> ForPatch(string tree) =>
        For(tree, "the patch", "apply");

    public static IEnumerable<string> ForSeries(string tree, PatchSeries series)
    {
        var keeps = series.Letters.Any(letter => HasCrLf(letter.Bytes));
        var notes = For(tree, "the series", keeps ? "am --keep-cr" : "am").ToList();
        return notes.Count > 0 || !keeps
            ? notes
            : [$"note: {tree} has files whose lines end with CR LF; apply the series with git am --keep-cr"];
    }

    private static bool HasCrLf(ByteString bytes) => bytes.Contains("\r\n"u8);

    private static IEnumerable<string> For(string tree, string what, string command)
    {
        var (repository, inside) = CommitName.TryParse(tree) is { } commit
            ? (commit.Repository, commit.Inside)
            : RepositoryFolder.Around(Path.GetFullPath(tree));
        if (inside != TreePath.Top)
        {
            yield return $"note: this kernel is the folder {inside} of a repository; apply {what} with: "
                + $"git -C {ShellWord.Quote(repository)} {command} --directory={ShellWord.Quote(inside.ToString())}";
        }
    }
}

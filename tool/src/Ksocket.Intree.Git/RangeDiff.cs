// SPDX-License-Identifier: GPL-2.0-only
using System.Text;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Mail;
using Ksocket.Intree.Core.Series;

namespace Ksocket.Intree.Git;

/// <summary>
/// What changed between two revisions of a series, told by git range-diff itself, in a repository of our own that
/// goes away: it holds the few files of the kernel that both revisions edit, and the two series on top of them.
/// </summary>
public static class RangeDiff
{
    /// <summary>The repository is ours: no identity, signature or hook of the user has a place in it.</summary>
    private static readonly string[] Own =
    [
        "-c", "user.name=ksocket-intree", "-c", "user.email=ksocket-intree@example.invalid",
        "-c", "commit.gpgSign=false", "-c", "core.hooksPath=/dev/null",
    ];

    /// <param name="planned">The new series; its hooks tell the files that both start from.</param>
    /// <param name="letters">The new series as mail, without a cover letter.</param>
    /// <param name="older">The patches of the revision before, in their order.</param>
    public static string Between(PlannedSeries planned, IEnumerable<Letter> letters, IReadOnlyList<string> older)
    {
        var folder = Directory.CreateTempSubdirectory("ksocket-range-").FullName;
        try
        {
            Git(folder, "init", "-q");
            foreach (var change in planned.Patches.SelectMany(patch => patch.Changes).Where(change => change.Before is not null).DistinctBy(change => change.Path).Where(change => !IsMadeBefore(planned, change.Path)))
            {
                Write(folder, change.Path.Value, change.Before!);
            }

            Git(folder, "add", "-f", ".");
            Git(folder, "commit", "-q", "--allow-empty", "-m", "base");
            Git(folder, "tag", "base");
            Put(folder, "old", older);
            Put(folder, "new", letters.Select(letter => letter.Text));
            return Git(folder, "range-diff", "--no-color", "base..old", "base..new");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A file that the series itself brings is no part of what it starts from.</summary>
    private static bool IsMadeBefore(PlannedSeries planned, Core.Trees.TreePath path) =>
        planned.Patches.SelectMany(patch => patch.Changes).Any(change => change.Path == path && change.Before is null);

    private static void Put(string folder, string tag, IEnumerable<string> mails)
    {
        Git(folder, "checkout", "-q", "--detach", "base");
        var box = Path.Combine(folder, ".git", tag + ".mbox");
        File.WriteAllText(box, string.Join('\n', mails), Encoding.Latin1);
        Git(folder, "am", "-q", "--keep-non-patch", box);
        Git(folder, "tag", tag);
    }

    private static void Write(string folder, string path, byte[] bytes)
    {
        var file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, bytes);
    }

    private static string Git(string folder, params string[] words)
    {
        var git = GitProgram.Run(folder, [.. Own, .. words]);
        return git.Succeeded ? Encoding.UTF8.GetString(git.Output.ToArray()) : throw IntreeFailure.InTheWay(
            $"--range-diff: git {words[0]} says: {git.Errors.ToString().Trim().Split('\n')[0]}",
            "the revision before must be a series for the same tree");
    }
}

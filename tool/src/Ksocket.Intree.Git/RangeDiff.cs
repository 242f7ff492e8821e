// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Mail;
using Ksocket.Intree.Core.Series;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Git;

/// <summary>
/// What changed between two revisions of a series, from git range-diff, in a temporary repository of our own: it
/// contains the kernel files that both revisions edit, and the two series on top of them.
/// </summary>
public static class RangeDiff
{
    /// <summary>Settings of the temporary repository: the user's identity, signing and hooks are not used.</summary>
    private static readonly string[] Own =
    [
        "-c", "user.name=ksocket-intree", "-c", "user.email=ksocket-intree@example.invalid",
        "-c", "commit.gpgSign=false", "-c", "core.hooksPath=/dev/null",
        "-c", "core.autocrlf=false", "-c", "i18n.logOutputEncoding=UTF-8",
    ];

    /// <param name="planned">The new series; the files that its hooks change are the common base.</param>
    /// <param name="letters">The new series as mail, without a cover letter.</param>
    /// <param name="older">The patches of the previous revision, in order.</param>
    public static ByteString Between(PlannedSeries planned, IEnumerable<Letter> letters, IReadOnlyList<ByteString> older)
    {
        var folder = Directory.CreateTempSubdirectory("ksocket-range-").FullName;
        try
        {
            Git(folder, "init", "-q");
            var edited = planned.Patches.SelectMany(patch => patch.Changes)
                .Where(change => change.Before is not null)
                .DistinctBy(change => change.Path)
                .Where(change => !IsMadeBefore(planned, change.Path));
            foreach (var change in edited)
            {
                Write(folder, change.Path, change.Before!);
            }

            Git(folder, "add", "-f", ".");
            Git(folder, "commit", "-q", "--allow-empty", "-m", "base");
            Git(folder, "tag", "base");
            Put(folder, "old", older);
            Put(folder, "new", letters.Select(letter => letter.Bytes));
            return Git(folder, "range-diff", "--no-color", "base..old", "base..new");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Whether the series itself creates a file, so that it is not part of the base.</summary>
    private static bool IsMadeBefore(PlannedSeries planned, TreePath path) =>
        planned.Patches.SelectMany(patch => patch.Changes).Any(change => change.Path == path && change.Before is null);

    private static void Put(string folder, string tag, IEnumerable<ByteString> mails)
    {
        Git(folder, "checkout", "-q", "--detach", "base");
        var box = Path.Combine(folder, ".git", tag + ".mbox");
        ByteString[] pieces = [.. mails.SelectMany(mail => (ByteString[])[ByteString.Of("\n"u8), mail]).Skip(1)];
        File.WriteAllBytes(box, ByteString.Concat(pieces).Span);
        Git(folder, "am", "-q", "--keep-non-patch", box);
        Git(folder, "tag", tag);
    }

    private static void Write(string folder, TreePath path, TreeFile file)
    {
        var place = Path.Combine(folder, path.ToString());
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        File.WriteAllBytes(place, file.Bytes.Span);
        if (file.Executable)
        {
            File.SetUnixFileMode(place, File.GetUnixFileMode(place) | UnixFileMode.UserExecute);
        }
    }

    private static ByteString Git(string folder, params string[] words)
    {
        var git = GitProgram.Run(folder, [.. Own, .. words]);
        return git.Succeeded ? new ByteString(git.Output.ToArray()) : throw IntreeFailure.InTheWay(
            $"--range-diff: git {words[0]}: {git.Errors.ToString().Trim().Split('\n')[0]}",
            "the revision before must be a series for the same tree");
    }
}

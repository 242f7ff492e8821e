// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Mail;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Git;

/// <summary>
/// What changed between two revisions of a series, from git range-diff, in a temporary repository of our own. Each revision
/// is there on a base of its own, which holds what its patches show of the files that they edit. So the two may be for
/// different kernels, and neither kernel is needed.
/// </summary>
public static class RangeDiff
{
    /// <param name="older">The patches of the previous revision as mails, in order, without a cover letter.</param>
    /// <param name="newer">Those of this one.</param>
    public static ByteString Between(IReadOnlyList<ByteString> older, IReadOnlyList<ByteString> newer)
    {
        var folder = Directory.CreateTempSubdirectory("ksocket-range-").FullName;
        try
        {
            Git(folder, "init", "-q");
            Put(folder, "old", older);
            Put(folder, "new", newer);
            return Git(folder, "range-diff", "--no-color", "old-base..old", "new-base..new");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Put(string folder, string tag, IReadOnlyList<ByteString> mails)
    {
        Git(folder, "read-tree", "--empty");
        foreach (var (path, bytes) in PreImages(mails))
        {
            var blob = Path.Combine(folder, ".git", "pre-image");
            File.WriteAllBytes(blob, bytes.Span);
            var id = Line(Git(folder, "hash-object", "-w", "--no-filters", blob));
            Git(folder, "update-index", "--add", "--cacheinfo", $"100644,{id},{path}");
        }

        var commit = Line(Git(folder, "commit-tree", "-m", "base", Line(Git(folder, "write-tree"))));
        Git(folder, "tag", $"{tag}-base", commit);
        // git writes the files, and refuses a path that would leave the folder.
        Git(folder, "checkout", "-q", "-f", "--detach", commit);
        Git(folder, "clean", "-q", "-ffdx");
        var box = Path.Combine(folder, ".git", tag + ".mbox");
        ByteString[] pieces = [.. mails.SelectMany(mail => (ByteString[])[ByteString.Of("\n"u8), mail]).Skip(1)];
        File.WriteAllBytes(box, ByteString.Concat(pieces).Span);
        Git(folder, "am", "-q", "--keep-non-patch", box);
        Git(folder, "tag", tag);
    }

    /// <summary>The files that a series edits but does not create, as its patches show them.</summary>
    private static IEnumerable<(TreePath Path, ByteString Bytes)> PreImages(IReadOnlyList<ByteString> mails) => mails
        .SelectMany(mail => DiffSection.In(mail))
        .GroupBy(section => section.Path)
        .Select(sections => sections.First())
        .Where(section => section.Mode is null)
        .Select(section => (section.Path, section.PreImage()));

    private static string Line(ByteString output) => output.ToString().Trim();

    private static ByteString Git(string folder, params string[] words)
    {
        var git = GitProgram.RunAlone(folder, words);
        return git.Succeeded ? new ByteString(git.Output.ToArray()) : throw IntreeFailure.InTheWay(
            $"range-diff: git {words[0]}: {git.Errors.ToString().Trim().Split('\n')[0]}",
            "both folders must hold the patches that series wrote; verify --write DIR writes them again");
    }
}

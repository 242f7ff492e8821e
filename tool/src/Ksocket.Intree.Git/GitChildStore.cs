// SPDX-License-Identifier: GPL-2.0-only
using System.Text;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Processes;

namespace Ksocket.Intree.Git;

/// <summary>
/// A repository of a form that libgit2 cannot open, read through one git cat-file --batch (git manual, git-cat-file,
/// "BATCH OUTPUT").
/// </summary>
internal sealed class GitChildStore : ObjectStore
{
    private readonly Conversation _git;
    private readonly Stream _answers;

    /// <summary>Why the answers end; what follows a wrong one cannot be read.</summary>
    private string? _ended;

    private GitChildStore(Conversation git) => (_git, _answers) = (git, new BufferedStream(git.Answers, 1 << 16));

    public static GitChildStore Open(string folder, string why)
    {
        var asked = GitProgram.Run(folder, "rev-parse", "--git-dir");
        if (!asked.Succeeded)
        {
            // git names an extension on a separate line
            var error = asked.Errors.ToString().Trim().Replace(":\n\t", ": ", StringComparison.Ordinal).Split('\n')[0];
            throw IntreeFailure.NotUnderstood(
                $"{folder} cannot be read as a repository: {(error.Length > 0 ? error : why)}",
                HintFor(error, folder));
        }

        return new GitChildStore(GitProgram.Converse(folder, "cat-file", "--batch")) { Folder = folder };
    }

    public override bool IsPartial => GitProgram.Run(
        Folder,
        "config",
        "--get-regexp",
        @"^(extensions\.partialclone|remote\..*\.promisor)$").ExitCode == 0;

    public override (string Commit, string Tree)? Resolve(string revision)
    {
        if (revision.AsSpan().ContainsAny('\n', '\0'))
        {
            return null;
        }

        if (Ask($"{revision}^{{commit}}") is not { } commit)
        {
            // Distinguish a name whose object cannot be read from a name that does not exist.
            var asked = GitProgram.Run(Folder, "rev-parse", "--verify", "--quiet", "--end-of-options", revision);
            var named = Encoding.ASCII.GetString(asked.Output.ToArray()).Trim();
            return asked.Succeeded && named != revision
                ? throw Damaged(named, "it is damaged, missing, or not a commit")
                : null;
        }

        return RawCommit.TryTree(commit.Bytes, commit.Id.Length / 2) is { } tree && commit.Type == "commit"
            ? (commit.Id, tree)
            : throw Damaged(commit.Id, "it is not a commit");
    }

    protected override IReadOnlyDictionary<ByteString, Entry> ReadEntries(string id)
    {
        var tree = Ask(id) ?? throw Damaged(id, "it is missing; is this a clone without trees?");
        return (tree.Type == "tree" ? RawTree.TryRead(tree.Bytes, id.Length / 2) : null) ?? throw Damaged(id, "it is not a tree");
    }

    public override ByteString? TryReadBlob(string id) =>
        Ask(id) is not { } blob ? null : blob.Type == "blob" ? blob.Bytes : throw Damaged(id, "it is not a file");

    public override bool HasBlob(string id) => Ask(id) is not null;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _git.Dispose();
            _answers.Dispose();
        }
    }

    /// <summary>Asks for an object by any name; null if there is none.</summary>
    private BatchReply? Ask(string name)
    {
        if (_ended is null)
        {
            try
            {
                _git.Questions.Write(Encoding.UTF8.GetBytes(name + "\n"));
                _git.Questions.Flush();
                return BatchReply.Read(_answers);
            }
            catch (Exception error) when (error is InvalidDataException or IOException)
            {
                _ended = error is InvalidDataException ? error.Message : "git ended";
            }
        }

        throw Damaged(name, _ended);
    }

    private static string? HintFor(string error, string folder) =>
        error.Contains("dubious ownership", StringComparison.Ordinal)
        ? "it belongs to another user; if you trust it: "
            + $"git config --global --add safe.directory {Path.GetFullPath(folder)}"
        : error.Contains("repository extension", StringComparison.Ordinal)
        ? "the git on PATH is too old for this repository format; reftable, for example, needs git 2.45"
        : null;
}

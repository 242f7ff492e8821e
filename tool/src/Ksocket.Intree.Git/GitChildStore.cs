// SPDX-License-Identifier: GPL-2.0-only
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Git;

/// <summary>A repository of a form that libgit2 cannot open, read through one git cat-file --batch (git manual, git-cat-file, "BATCH OUTPUT").</summary>
internal sealed class GitChildStore : ObjectStore
{
    private readonly Process _git;
    private readonly Stream _answers;

    private GitChildStore(Process git) => (_git, _answers) = (git, new BufferedStream(git.StandardOutput.BaseStream, 1 << 16));

    public static GitChildStore Open(string folder, string why)
    {
        var (code, _, errors) = GitChild.Run(folder, "rev-parse", "--git-dir");
        if (code != 0)
        {
            var said = errors.Trim().Replace(":\n\t", ": ", StringComparison.Ordinal).Split('\n')[0]; // git names an extension on a line of its own
            throw IntreeFailure.NotUnderstood(
                $"{folder} cannot be read as a repository: {(said.Length > 0 ? said : why)}",
                said.Contains("dubious ownership", StringComparison.Ordinal) ? $"it belongs to somebody else; if you trust it: git config --global --add safe.directory {Path.GetFullPath(folder)}"
                : said.Contains("repository extension", StringComparison.Ordinal) ? "the git on PATH is older than this form of repository; reftable, for one, needs git 2.45"
                : null);
        }

        var git = GitChild.Start(folder, ["cat-file", "--batch"]);
        git.ErrorDataReceived += (_, _) => { }; // its answers on stdout say all
        git.BeginErrorReadLine();
        return new GitChildStore(git) { Folder = folder };
    }

    public override bool IsPartial => GitChild.Run(Folder, "config", "--get-regexp", @"^(extensions\.partialclone|remote\..*\.promisor)$").ExitCode == 0;

    public override (string Commit, string Tree)? Resolve(string revision)
    {
        if (revision.AsSpan().ContainsAny('\n', '\0'))
        {
            return null;
        }

        if (Ask($"{revision}^{{commit}}") is not { } commit)
        {
            // A name that stands for an object which cannot be read is not the same as no such name.
            var (code, id, _) = GitChild.Run(Folder, "rev-parse", "--verify", "--quiet", "--end-of-options", revision);
            return code == 0 && Encoding.ASCII.GetString(id).Trim() is var named && named != revision ? throw Damaged(named, "it is damaged, missing, or no commit") : null;
        }

        // "tree <id>" is the first line of every commit.
        var text = Encoding.ASCII.GetString(commit.Bytes.Span);
        return (commit.Id, text["tree ".Length..text.IndexOf('\n', StringComparison.Ordinal)]);
    }

    public override IReadOnlyDictionary<ByteString, Entry> ReadTree(string id)
    {
        var bytes = Ask(id)?.Bytes ?? throw Damaged(id, "it is not there; is this a clone without trees?");
        return RawTree.TryRead(bytes, id.Length / 2) ?? throw Damaged(id, "it is no tree");
    }

    public override ByteString? TryReadBlob(string id) => Ask(id)?.Bytes;

    public override bool HasBlob(string id) => Ask(id) is not null;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _git.StandardInput.Close();
            _git.WaitForExit();
            _git.Dispose();
            _answers.Dispose();
        }
    }

    /// <summary>Asks for an object by any name: "name\n" brings "id type size\n" and its bytes, or a line that says why not.</summary>
    private (string Id, ByteString Bytes)? Ask(string name)
    {
        _git.StandardInput.BaseStream.Write(Encoding.UTF8.GetBytes(name + "\n"));
        _git.StandardInput.BaseStream.Flush();
        var words = ReadLine().Split(' ');
        if (words.Length != 3 || !int.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out var size))
        {
            return words is [] or [""] ? throw Damaged(name, "git ended") : null;
        }

        var bytes = new byte[size];
        _answers.ReadExactly(bytes);
        _answers.ReadByte(); // the newline after the bytes
        return (words[0], new ByteString(bytes));
    }

    private string ReadLine()
    {
        var line = new StringBuilder();
        for (var next = _answers.ReadByte(); next is not ('\n' or -1); next = _answers.ReadByte())
        {
            line.Append((char)next);
        }

        return line.ToString();
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Git;

/// <summary>
/// A kernel tree that is a commit, or a folder of one; see <see cref="CommitName"/>. Nothing is checked out and nothing is
/// written, and each object is read once.
/// </summary>
public sealed class CommitTree : KernelTree, IDisposable
{
    /// <summary>A whole kernel has 100,000 entries; a few trees that list each other have any number.</summary>
    private const int MostEntries = 500_000;

    /// <summary>In bytes, as PATH_MAX.</summary>
    private const int LongestPath = 4096;

    private readonly GitRepository _repository;
    private readonly string _root;
    private readonly bool _isOwner;

    private CommitTree(CommitName name, GitRepository repository, string commit, string root, CommitTree? whole, bool isOwner) =>
        (Source, _repository, Commit, _root, Whole, _isOwner) = (name, repository, commit, root, whole ?? this, isOwner);

    public override string Name => Source.ToString();

    /// <summary>The name that it was opened by.</summary>
    public CommitName Source { get; }

    /// <summary>The repository, as the user named it.</summary>
    public string Folder => _repository.Folder;

    /// <summary>The id of the commit.</summary>
    public string Commit { get; }

    /// <summary>The commit that this is a folder of; this tree if it is all of it.</summary>
    public CommitTree Whole { get; }

    /// <summary>Where the tree begins in the commit; the top if it is all of it.</summary>
    public TreePath Prefix => Source.Inside;

    /// <summary>Whether a name has the form REPO@REV with a folder before an '@'.</summary>
    public static bool IsNamedBy(string name) => CommitName.TryParse(name) is not null;

    public static CommitTree Open(string name) => Open(CommitName.Parse(name));

    public static CommitTree Open(CommitName name)
    {
        var repository = GitRepository.Open(name.Repository);
        try
        {
            return In(repository, name, isOwner: true);
        }
        catch
        {
            repository.Dispose();
            throw;
        }
    }

    /// <summary>A commit of an open repository, which stays open.</summary>
    public static CommitTree In(GitRepository repository, CommitName name) => In(repository, name, isOwner: false);

    private static CommitTree In(GitRepository repository, CommitName name, bool isOwner)
    {
        var (commit, root) = repository.Resolve(name.Revision) ?? throw IntreeFailure.NotUnderstood(
            $"{repository.Folder} has no commit '{name.Revision}'",
            "name a tag, a branch or a commit of that repository, as linux.git@v6.12");
        var whole = new CommitTree(name with { Inside = TreePath.Top }, repository, commit, root, whole: null, isOwner);
        if (name.Inside == TreePath.Top)
        {
            return whole;
        }

        return whole.Find(name.Inside) is { Kind: EntryKind.Folder } folder
            ? new CommitTree(name, repository, commit, folder.Id, whole, isOwner)
            : throw IntreeFailure.NotUnderstood(
                $"{repository.Folder}: {name.Revision} has no folder {name.Inside}",
                $"list its folders: git -C {ShellWord.Quote(repository.Folder)} ls-tree -d {ShellWord.Quote(name.Revision)}");
    }

    public override string NameOf(TreePath folder) => (Source with { Inside = In(folder) }).ToString();

    /// <summary>A path of this tree as the commit has it.</summary>
    public TreePath In(TreePath path) =>
        Prefix == TreePath.Top ? path : path == TreePath.Top ? Prefix : Prefix / path.Bytes;

    /// <summary>A link may lead out of the tree and still to a file of the commit.</summary>
    public override ByteString? TryReadThrough(TreePath path) =>
        ReferenceEquals(Whole, this) ? base.TryReadThrough(path) : Whole.TryReadThrough(In(path));

    public override bool LeadsToFile(TreePath path) =>
        ReferenceEquals(Whole, this) ? base.LeadsToFile(path) : Whole.LeadsToFile(In(path));

    public override IReadOnlyList<ByteString> NamesIn(TreePath folder) =>
        folder == TreePath.Top ? [.. _repository.ReadTree(_root).Keys.Order()]
        : Find(folder) is { Kind: EntryKind.Folder } entry ? [.. _repository.ReadTree(entry.Id).Keys.Order()]
        : [];

    public override TreeEntry EntryAt(TreePath path) => path == TreePath.Top ? TreeEntry.Folder : Find(path)?.Tree ?? TreeEntry.Missing;

    public override ByteString Read(TreePath path)
    {
        var entry = Find(path);
        if (entry?.Kind != EntryKind.File)
        {
            throw NotAFile(path, KindOf(path));
        }

        var bytes = Blob(path, entry.Value);
        return bytes.Length <= LongestFile ? bytes : throw TooLong(path, bytes.Length);
    }

    public override ByteString ReadLink(TreePath path) => Blob(path, Find(path)!.Value);

    public override IReadOnlyList<TreePath> EntriesBelow(TreePath folder)
    {
        var entries = new List<TreePath>();
        var left = MostEntries;
        if (folder == TreePath.Top)
        {
            Collect(folder, _root, entries, ref left);
        }
        else if (Find(folder) is { Kind: EntryKind.Folder } entry)
        {
            Collect(folder, entry.Id, entries, ref left);
        }

        return [.. entries.Order()];
    }

    /// <summary>Refuses a repository that lacks files to be read, and reports all of them at once.</summary>
    public override void Expect(IEnumerable<TreePath> paths)
    {
        var lacking = paths.Distinct().Select(path => (Path: path, Entry: Find(path)))
            .Where(file => file.Entry is { Kind: EntryKind.File } entry && !_repository.HasBlob(entry.Id))
            .Select(file => (file.Path, file.Entry!.Value.Id)).ToList();
        if (lacking.Count > 0)
        {
            throw Lacking(lacking);
        }
    }

    public void Dispose()
    {
        if (_isOwner)
        {
            _repository.Dispose();
        }
    }

    private IntreeFailure Lacking(List<(TreePath Path, string Id)> blobs)
    {
        var more = blobs.Count > 1 ? $" and {blobs.Count - 1} more files that must be read" : "";
        var what = blobs[0].Path + more;
        return _repository.IsPartial
            ? IntreeFailure.NotUnderstood(
                $"{Name}: the repository, a partial clone, lacks {what}; nothing was fetched into it",
                FetchCommand(blobs))
            : IntreeFailure.NotUnderstood(
                $"{Name}: the repository is damaged: it lacks {what}: object {blobs[0].Id} is missing",
                $"see the extent of the damage: git -C {Folder} fsck");
    }

    private string FetchCommand(List<(TreePath Path, string Id)> blobs) =>
        $"fetch exactly those: printf '%s\\n' {string.Join(' ', blobs.Select(blob => blob.Id))} "
        + $"| git -C {Folder} cat-file --batch-check";

    private ByteString Blob(TreePath path, Entry entry) => _repository.ReadBlob(entry.Id) ?? throw Lacking([(path, entry.Id)]);

    private Entry? Find(TreePath path)
    {
        var tree = _root;
        foreach (var folder in path.Folders)
        {
            if (!_repository.ReadTree(tree).TryGetValue(folder.Name, out var entry) || entry.Kind != EntryKind.Folder)
            {
                return null;
            }

            tree = entry.Id;
        }

        return _repository.ReadTree(tree).TryGetValue(path.Name, out var found) ? found : null;
    }

    private void Collect(TreePath folder, string tree, List<TreePath> entries, ref int left)
    {
        foreach (var (name, entry) in _repository.ReadTree(tree))
        {
            if (--left < 0 || folder.Bytes.Length > LongestPath)
            {
                throw IntreeFailure.NotUnderstood(
                    $"{Name}: a folder has over {MostEntries} entries, or a path of over {LongestPath} bytes",
                    "the trees of this commit are not those of a kernel; name another commit");
            }

            if (entry.Kind == EntryKind.Folder)
            {
                Collect(folder / name, entry.Id, entries, ref left);
            }
            else
            {
                entries.Add(folder / name);
            }
        }
    }
}

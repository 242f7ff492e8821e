// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Files;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Git.Tests;

/// <summary>Tests the contract of <see cref="KernelTree"/> on every kind of tree, with the same entries.</summary>
public sealed class TreeContractTests : IDisposable
{
    /// <summary>A name that is not UTF-8, one that is, and one with a newline.</summary>
    private static readonly ByteString Latin = new(new byte[] { 0xe9, (byte)'.', (byte)'c' });

    private readonly TempFolder _temp = new();
    private readonly string _work;

    public TreeContractTests()
    {
        _work = _temp.PathOf("work");
        LiteralKernel.Named().WriteTo(_work);
        Run.Program("sh", _work, "-c", """
            mkdir -p odd/inner
            printf 'latin \351 \n' >"odd/$(printf '\351.c')"
            printf 'utf8\n' >odd/ü.c
            printf 'new\n' >"odd/$(printf 'a\nb')"
            : >odd/empty
            printf '#!/bin/sh\n' >odd/inner/run; chmod 755 odd/inner/run
            ln -s ../Makefile odd/file-link
            ln -s inner odd/folder-link
            ln -s nowhere odd/dangling
            ln -s loop odd/loop
            ln -s ../../outside odd/leaves
            """);
        Run.Git(_work, "init", "-q");
        Run.Git(_work, "add", "-f", ".");
        Run.Git(_work, "commit", "-q", "-m", "a kernel with odd entries");
    }

    public static TheoryData<string> Kinds =>
        ["folder", "literal", "changed", "snapshot", "bare", "packed", "alternates", "worktree", "sha256", "reftable", "partial"];

    public void Dispose() => _temp.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Entries_are_what_they_are_and_links_are_not_followed(string kind)
    {
        using var open = Open(kind, out var tree);
        Assert.Equal(TreeEntry.File, tree.EntryAt("odd/ü.c"));
        Assert.Equal(TreeEntry.File, tree.EntryAt(new TreePath("odd") / Latin));
        Assert.Equal(new TreeEntry(EntryKind.File, Executable: true), tree.EntryAt("odd/inner/run"));
        Assert.Equal(TreeEntry.Folder, tree.EntryAt("odd/inner"));
        Assert.Equal(TreeEntry.Folder, tree.EntryAt(TreePath.Top));
        Assert.All(
            ["odd/file-link", "odd/folder-link", "odd/dangling", "odd/loop"],
            path => Assert.Equal(EntryKind.Link, tree.KindOf(path)));
        Assert.Equal(EntryKind.Missing, tree.KindOf("odd/folder-link/run"));
        Assert.Equal(EntryKind.Missing, tree.KindOf("Makefile/below-a-file"));
        Assert.Equal("../Makefile".Bytes(), tree.ReadLink("odd/file-link"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Names_and_contents_are_bytes(string kind)
    {
        using var open = Open(kind, out var tree);
        Assert.Equal(new ByteString((byte[])[.. "latin "u8, 0xe9, .. " \n"u8]), tree.Read(new TreePath("odd") / Latin));
        Assert.Equal(0, tree.Read("odd/empty").Length);
        TreePath[] expected =
        [
            "odd/a\nb", "odd/dangling", "odd/empty", "odd/file-link", "odd/folder-link", "odd/inner/run", "odd/leaves", "odd/loop",
            "odd/ü.c", new TreePath("odd") / Latin,
        ];
        Assert.Equal(expected.Order(), tree.EntriesBelow("odd"));
        Assert.Empty(tree.EntriesBelow("odd/folder-link"));
        Assert.Empty(tree.EntriesBelow("nowhere"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Only_regular_files_are_read(string kind)
    {
        using var open = Open(kind, out var tree);
        foreach (var path in (string[])["odd/inner", "odd/file-link", "odd/dangling", "odd/nowhere", "odd/folder-link/run"])
        {
            Assert.Null(tree.TryRead(path));
            var failure = Assert.Throws<IntreeFailure>(() => _ = tree.Read(path));
            Assert.Equal(FailureKind.NotUnderstood, failure.Kind);
            Assert.Contains(path, failure.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_only_read_is_read_through_links(string kind)
    {
        using var open = Open(kind, out var tree);
        Assert.Equal(tree.Read("Makefile"), tree.TryReadThrough("odd/file-link"));
        Assert.Equal("#!/bin/sh\n".Bytes(), tree.TryReadThrough("odd/folder-link/run"));
        Assert.Null(tree.TryReadThrough("odd/dangling"));
        Assert.Null(tree.TryReadThrough("odd/loop"));
        Assert.Null(tree.TryReadThrough("odd/leaves"));
        Assert.Null(tree.TryReadThrough("odd/inner"));
    }

    /// <summary>Enough of them that a folder reads them from several threads, after one of them was read before.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Many_files_are_read_as_one_is(string kind)
    {
        using var open = Open(kind, out var tree);
        _ = tree.Read("Makefile");
        TreePath[] files = ["Makefile", "odd/file-link", "odd/folder-link/run", "odd/empty"];
        TreePath[] none = ["odd/dangling", "odd/loop", "odd/leaves", "odd/inner"];
        var many = Enumerable.Repeat(files.Concat(none), 20).SelectMany(each => each).ToList();
        var read = tree.ReadEach(many, (path, file) => (path, file is { } bytes ? ByteString.Of(bytes) : default(ByteString?)));
        Assert.Equal(many.Select(path => (path, tree.TryReadThrough(path))), read);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Names_of_a_folder_and_what_leads_to_a_file(string kind)
    {
        using var open = Open(kind, out var tree);
        Assert.Equal(["run".Bytes()], tree.NamesIn("odd/inner"));
        Assert.Contains("Makefile".Bytes(), tree.NamesIn(TreePath.Top));
        Assert.Contains("folder-link".Bytes(), tree.NamesIn("odd"));
        Assert.All(["odd/folder-link", "odd/empty", "nowhere"], path => Assert.Empty(tree.NamesIn(path)));
        Assert.All(["odd/file-link", "odd/folder-link/run", "odd/empty"], path => Assert.True(tree.LeadsToFile(path), path));
        Assert.All(["odd/dangling", "odd/loop", "odd/leaves", "odd/inner", "nowhere"], path => Assert.False(tree.LeadsToFile(path), path));
        Assert.Equal("odd/dangling is a link to nowhere, which is not there", tree.WhyNotThere("odd/dangling"));
        Assert.Equal("odd/leaves is a link to ../../outside, which is not there", tree.WhyNotThere("odd/leaves/x"));
    }

    /// <summary>Opening a FIFO would block this test.</summary>
    [Theory]
    [InlineData("folder")]
    [InlineData("literal")]
    [InlineData("changed")]
    [InlineData("snapshot")]
    public void A_special_file_is_named_and_never_opened(string kind)
    {
        Run.Program("mkfifo", _work, "odd/fifo");
        using var open = Open(kind, out var tree);
        Assert.Equal(EntryKind.Special, tree.KindOf("odd/fifo"));
        Assert.Null(tree.TryRead("odd/fifo"));
        Assert.Null(tree.TryReadThrough("odd/fifo"));
        Assert.Contains(
            "odd/fifo is a special file",
            Assert.Throws<IntreeFailure>(() => _ = tree.Read("odd/fifo")).Message,
            StringComparison.Ordinal);
        Assert.Contains(new TreePath("odd/fifo"), tree.EntriesBelow("odd"));
    }

    [Fact]
    public void A_submodule_is_special()
    {
        Run.Git(_work, "update-index", "--add", "--cacheinfo", $"160000,{new string('1', 40)},odd/module");
        Run.Git(_work, "commit", "-q", "-m", "a submodule");
        using var tree = CommitTree.Open(_work + "@HEAD");
        Assert.Equal(EntryKind.Special, tree.KindOf("odd/module"));
        Assert.Throws<IntreeFailure>(() => _ = tree.Read("odd/module"));
    }

    [Theory]
    [InlineData("folder")]
    [InlineData("literal")]
    [InlineData("bare")]
    [InlineData("sha256")]
    public void A_file_that_is_far_too_long_is_named(string kind)
    {
        using (var file = File.Create(Path.Combine(_work, "odd/long")))
        {
            file.SetLength(KernelTree.LongestFile + 1L);
        }

        Run.Git(_work, "add", "-f", "odd/long");
        Run.Git(_work, "commit", "-q", "-m", "a long file");
        using var open = Open(kind, out var tree);
        Assert.Contains(
            "odd/long has 67108865 bytes",
            Assert.Throws<IntreeFailure>(() => _ = tree.Read("odd/long")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_may_not_be_read_is_a_failure_of_the_environment()
    {
        Skip.UnlessRoot();
        var program = RealKernels.Command;
        Run.Program("chmod", _work, "0", "Kbuild");
        Run.Program("chmod", _temp.Root, "755", _temp.Root, _work);
        string[] other = ["--reuid=65534", "--regid=65534", "--clear-groups"];
        var reached = Run.Result("setpriv", "/", [.. other, "sh", "-c", "test -x \"$0\" && test -x \"$1\"", program, _work]);
        Assert.SkipUnless(reached.Succeeded, $"skipped: another user cannot reach {program} or {_work}");
        var result = Run.Result("setpriv", _work, [.. other, program, "plan", _work]);
        Assert.Equal(128, result.ExitCode);
        Assert.Contains("no permission for", result.Output.ToString(), StringComparison.Ordinal);
    }

    private IDisposable? Open(string kind, out KernelTree tree)
    {
        tree = kind switch
        {
            "folder" => FolderTree.Open(_work),
            "literal" => Literal(),
            "changed" => new ChangedTree(FolderTree.Open(_work), [new FileChange("elsewhere", null, "x".File())]),
            "snapshot" => SnapshotTree.Of(FolderTree.Open(_work)),
            "worktree" => Commit(Linked()),
            "sha256" => Commit(Converted("--object-format=sha256")),
            "reftable" => Commit(Reftable()),
            "packed" => Commit(Packed()),
            "partial" => Commit(Partial()),
            "alternates" => Commit(Clone("--shared")),
            _ => Commit(Clone("--bare")),
        };
        return tree as IDisposable;
    }

    private static CommitTree Commit(string repository) => CommitTree.Open(repository + "@HEAD");

    /// <summary>The entries of the folder, as a literal.</summary>
    private LiteralTree Literal()
    {
        using var folder = FolderTree.Open(_work);
        var all = folder.EntriesBelow(TreePath.Top).Where(path => !path.IsBelow(".git")).ToLookup(path => folder.KindOf(path));
        return new LiteralTree("literal", all[EntryKind.File].Select(path => KeyValuePair.Create(path, Content(folder, path))))
        {
            Links = all[EntryKind.Link].ToDictionary(path => path, folder.ReadLink),
            Specials = all[EntryKind.Special].ToHashSet(),
        };
    }

    private static TreeFile Content(FolderTree folder, TreePath path) =>
        path == "odd/long" ? new TreeFile(new ByteString(new byte[KernelTree.LongestFile + 1])) : folder.TryReadFile(path)!;

    private string Clone(params string[] how)
    {
        var clone = _temp.PathOf("clone");
        Run.Git(_temp.Root, ["clone", "-q", .. how, _work, clone]);
        return clone;
    }

    private string Packed()
    {
        Run.Git(_work, "gc", "-q");
        return _work;
    }

    private string Partial()
    {
        Run.Git(_work, "config", "uploadpack.allowFilter", "true");
        Run.Git(_temp.Root, "clone", "-q", "--filter=blob:none", "file://" + _work, _temp.PathOf("partial"));
        return _temp.PathOf("partial"); // its checkout has brought every blob
    }

    private string Linked()
    {
        Run.Git(_work, "worktree", "add", "-q", "--detach", _temp.PathOf("linked"));
        return _temp.PathOf("linked");
    }

    private string Converted(params string[] how)
    {
        var other = Directory.CreateDirectory(_temp.PathOf("converted")).FullName;
        Run.Program("sh", _temp.Root, "-c", "cp -a work/. converted/ && rm -rf converted/.git");
        Run.Git(other, ["init", "-q", .. how]);
        Run.Git(other, "add", "-f", ".");
        Run.Git(other, "commit", "-q", "-m", "the same");
        return other;
    }

    private string Reftable()
    {
        var version = Version.Parse(Regex.Match(Run.Git(_temp.Root, "--version"), @"\d+\.\d+").Value);
        Assert.SkipWhen(version < new Version(2, 45), $"skipped: git {version} cannot make a reftable repository, 2.45 can");
        return Converted("--ref-format=reftable");
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using System.IO.Compression;
using System.Text;
using CsCheck;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Git.Tests;

/// <summary>What is read of a repository may hold any bytes: the result is a value, or one failure with a hint.</summary>
public sealed class ObjectPropertyTests : IDisposable
{
    private const int Cases = 100_000;

    private static readonly string Id = new('a', 40);

    private static readonly byte[] Tree = LooseObjects.TreeOf(("100644", "Makefile", Id), ("40000", "drivers", Id), ("120000", "l", Id));

    private static readonly byte[] Commit = LooseObjects.CommitOf(Id);

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_tree_object() => Mutated(Tree, "100644 ", "40000 ", " ", "\0", "../", "99999999999999999999 ").Sample(
        bytes => Assert.All(RawTree.TryRead(new ByteString(bytes), 20) ?? new Dictionary<ByteString, Entry>(), entry =>
        {
            Assert.Equal(40, entry.Value.Id.Length);
            Assert.NotEmpty(entry.Key.ToArray());
            _ = entry.Value.Kind;
        }),
        iter: Cases);

    [Fact]
    public void A_commit_object() => Mutated(Commit, "tree ", "\n", "\0", "A", "é").Sample(
        bytes =>
        {
            if (RawCommit.TryTree(new ByteString(bytes), 20) is { } tree)
            {
                Assert.StartsWith($"tree {tree}\n", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
                Assert.True(tree.Length == 40 && tree.All(char.IsAsciiHexDigitLower));
            }
        },
        iter: Cases);

    [Fact]
    public void The_file_of_a_loose_object()
    {
        Assert.Null(Fault(LooseObjects.Deflated("blob 5\0int x"u8)));
        Gen.OneOf(
            Mutated(LooseObjects.Deflated("blob 5\0int x"u8), "\x78\x9c", "\0\0\xff\xff"),
            Mutated([.. "blob 5\0int x"u8], "blob ", " ", "\0", "-1", "9999999999999999999", "é").Select(
                bytes => LooseObjects.Deflated(bytes))).Sample(
                    file => Fault(file) is not null || HasSizeOfItsHeader(file),
                    iter: Cases);
    }

    [Fact]
    public void A_file_of_alternates() =>
        Mutated(
            [.. "# a comment\n/srv/linux/objects\n../../linux/.git/objects\n\n"u8],
            "../", "/", "\0", "\n", "\r", "\"", "#", "//").Sample(
            bytes => Assert.All(
                ObjectFolders.Listed("/repository/.git/objects", Encoding.UTF8.GetString(bytes)),
                folder => Assert.True(Path.IsPathRooted(folder) && !folder.Contains('\0', StringComparison.Ordinal))),
            iter: Cases);

    [Fact]
    public void Replies_of_git_cat_file()
    {
        var start = $"{Id} blob 5\nint x\nHEAD missing\n{Id} commit {Commit.Length}\n";
        Mutated(
            [.. Encoding.ASCII.GetBytes(start), .. Commit, (byte)'\n'],
            " missing\n", "\n", " ", " blob 0\n\n", " blob 2147483647\n", " tree 99999999999999999999\n", " tree 3000000000\n").Sample(
            bytes =>
            {
                using var stream = new MemoryStream(bytes);
                try
                {
                    while (true)
                    {
                        Assert.True(BatchReply.Read(stream) is not { } reply || reply.Bytes.Length < bytes.Length);
                    }
                }
                catch (InvalidDataException)
                {
                    // the only exception; at the end of the replies at the latest
                }
            },
            iter: Cases);
    }

    /// <summary>Objects with the right id, read by libgit2 and by git.</summary>
    [Theory]
    [InlineData(false, 2000)]
    [InlineData(true, 40)]
    public void A_repository_of_such_objects(bool sha256, int cases)
    {
        var repository = _temp.PathOf("repository");
        LiteralKernel.Named().WriteTo(repository);
        Run.Git(repository, "init", "-q", sha256 ? "--object-format=sha256" : "--object-format=sha1");
        Run.Git(repository, "add", "-A");
        Run.Git(repository, "commit", "-q", "-m", "one");
        var objects = new LooseObjects(repository, sha256);
        var root = Run.Git(repository, "rev-parse", "HEAD^{tree}").Trim();
        var drivers = Run.Git(repository, "rev-parse", "HEAD:drivers").Trim();
        var tree = LooseObjects.TreeOf(("100644", "Makefile", root), ("40000", "drivers", drivers), ("120000", "link", drivers));
        var commit = LooseObjects.CommitOf(root);
        var tag = Encoding.ASCII.GetBytes($"object {root}\ntype commit\ntag v1\ntagger A <a@example.org> 1 +0000\n\none\n");
        Gen.OneOf(
            Mutated(tree, "40000 ", "100644 ", "40000 drivers\0", " ..\0", " a/b\0").Select(
                bytes => objects.WriteCommit(objects.Write("tree", bytes))),
            Mutated(commit, "tree ", "parent ", "\n", drivers).Select(bytes => objects.Write("commit", bytes)),
            Mutated(tag, "object ", "type tree", "type blob", drivers).Select(bytes => objects.Write("tag", bytes)),
            Gen.OneOfConst("tree", "blob", "tag", "odd").Select(type => objects.Write(type, commit))).Sample(
            id => Ends(() =>
            {
                using var open = CommitTree.Open($"{repository}@{id}");
                Assert.All(open.EntriesBelow(TreePath.Top), path => _ = open.KindOf(path));
                _ = open.TryReadThrough("drivers/Kconfig");
                _ = open.TryRead("Makefile");
            }),
            iter: cases,
            threads: 1);
    }

    /// <summary>Ten trees that each list the next one ten times are ten billion files.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Trees_that_list_each_other_are_refused(bool sha256)
    {
        var repository = _temp.PathOf("repository");
        Directory.CreateDirectory(repository);
        Run.Git(repository, "init", "-q", sha256 ? "--object-format=sha256" : "--object-format=sha1");
        var objects = new LooseObjects(repository, sha256);
        var id = objects.Write("blob", "int x;\n"u8);
        var mode = "100644";
        for (var level = 0; level < 10; level++, mode = "40000")
        {
            id = objects.Write("tree", LooseObjects.TreeOf(Enumerable.Range(0, 10).Select(at => (mode, $"{at}", id))));
        }

        using var tree = CommitTree.Open($"{repository}@{objects.WriteCommit(id)}");
        var failure = Assert.Throws<IntreeFailure>(() => tree.EntriesBelow(TreePath.Top));
        Assert.Equal(FailureKind.NotUnderstood, failure.Kind);
        Assert.Contains("over 500000 entries", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("a/b")]
    public void A_name_that_leaves_its_folder_is_refused(string name)
    {
        var repository = _temp.PathOf("repository");
        Directory.CreateDirectory(repository);
        Run.Git(repository, "init", "-q");
        var objects = new LooseObjects(repository);
        var tree = objects.Write("tree", LooseObjects.TreeOf(("100644", name, objects.Write("blob", "x"u8))));
        using var open = CommitTree.Open($"{repository}@{objects.WriteCommit(tree)}");
        var failure = Assert.Throws<IntreeFailure>(() => open.EntriesBelow(TreePath.Top));
        Assert.Equal(FailureKind.NotUnderstood, failure.Kind);
        Assert.Contains($"object {tree} cannot be read: it has an entry named '{name}'", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Replaces, deletes or inserts bytes up to four times; one deletion in ten reaches far.</summary>
    private static Gen<byte[]> Mutated(byte[] file, params string[] pieces) =>
        Gen.Select(
            Gen.Int[0, file.Length],
            Gen.Frequency((9, Gen.Int[0, 12]), (1, Gen.Int[0, file.Length])),
            Gen.OneOf(Gen.Byte.Array[0, 6], Gen.OneOfConst(pieces).Select(Encoding.Latin1.GetBytes)))
            .Array[0, 4]
            .Select(edits => edits.Aggregate(file, (now, edit) =>
            {
                var at = Math.Min(edit.Item1, now.Length);
                return [.. now[..at], .. edit.Item3, .. now[Math.Min(now.Length, at + edit.Item2)..]];
            }));

    private static string? Fault(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return LooseObject.Fault(stream);
    }

    private static bool HasSizeOfItsHeader(byte[] file)
    {
        using var inflated = new ZLibStream(new MemoryStream(file), CompressionMode.Decompress);
        using var whole = new MemoryStream();
        inflated.CopyTo(whole);
        var bytes = whole.ToArray();
        var header = bytes.AsSpan().IndexOf((byte)0);
        var size = int.Parse(Encoding.ASCII.GetString(bytes[..header]).Split(' ')[^1], CultureInfo.InvariantCulture);
        return size == bytes.Length - header - 1;
    }

    /// <summary>A value or one failure; any other exception is a bug.</summary>
    private static void Ends(Action read)
    {
        try
        {
            read();
        }
        catch (IntreeFailure failure)
        {
            Assert.Equal(FailureKind.NotUnderstood, failure.Kind);
            Assert.NotNull(failure.Hint);
        }
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Files.Tests;

public sealed class FolderTreeTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public FolderTreeTests() => LiteralKernel.Named().WriteTo(_temp.Root);

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_folder_inside_a_tree_is_refused_with_the_way_to_its_top()
    {
        var failure = Assert.Throws<IntreeFailure>(() => FolderTree.Open(_temp.PathOf("drivers")));
        Assert.Contains("inside a kernel tree", failure.Message, StringComparison.Ordinal);
        Assert.Equal($"the top is {_temp.Root}", failure.Hint);
    }

    [Fact]
    public void A_missing_folder_and_a_file_are_refused_by_name()
    {
        Assert.Contains(
            "nowhere",
            Assert.Throws<IntreeFailure>(() => FolderTree.Open(_temp.PathOf("nowhere"))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "is a file",
            Assert.Throws<IntreeFailure>(() => FolderTree.Open(_temp.PathOf("Makefile"))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Kinds_differ_and_links_are_not_followed()
    {
        File.CreateSymbolicLink(_temp.PathOf("link"), _temp.PathOf("Makefile"));
        File.CreateSymbolicLink(_temp.PathOf("dangling"), _temp.PathOf("nowhere"));
        var tree = FolderTree.Open(_temp.Root);
        Assert.Equal(EntryKind.File, tree.KindOf("Makefile"));
        Assert.Equal(EntryKind.Folder, tree.KindOf("drivers"));
        Assert.Equal(EntryKind.Missing, tree.KindOf("nowhere"));
        Assert.Equal(EntryKind.Link, tree.KindOf("link"));
        Assert.Equal(EntryKind.Link, tree.KindOf("dangling"));
    }

    [Fact]
    public void Entries_come_in_ordinal_order_hidden_ones_too()
    {
        Directory.CreateDirectory(_temp.PathOf("drivers/x"));
        File.WriteAllText(_temp.PathOf("drivers/x/.hidden"), "");
        File.WriteAllText(_temp.PathOf("drivers/x/b"), "");
        Assert.Equal(
            ["drivers/x/.hidden", "drivers/x/b"],
            FolderTree.Open(_temp.Root).EntriesBelow("drivers/x").Select(path => path.ToString()));
    }
}

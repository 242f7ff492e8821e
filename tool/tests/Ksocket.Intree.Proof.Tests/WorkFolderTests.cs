// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Files;
using Ksocket.Intree.Proof.Working;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Proof.Tests;

public sealed class WorkFolderTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public WorkFolderTests() => LiteralKernel.Named().WriteTo(_temp.PathOf("linux"));

    public void Dispose() => _temp.Dispose();

    /// <summary>A waiting proof reports once what it waits for.</summary>
    [Fact]
    public async Task Waiting_for_another_proof_of_the_same_kernel_is_reported()
    {
        var told = new List<string>();
        using var heard = new ManualResetEventSlim();
        var first = Open(told.Add);
        var second = Task.Run(() => Open(why =>
        {
            told.Add(why);
            heard.Set();
        }), TestContext.Current.CancellationToken);
        Assert.True(heard.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken), "nothing was said");
        await Task.Delay(500, TestContext.Current.CancellationToken); // several more polls of the lock
        Assert.False(second.IsCompleted);
        first.Dispose();
        using var now = await second;
        Assert.Equal([$"another proof is using {Path.GetDirectoryName(now.Source)}"], told);
    }

    [Fact]
    public void A_work_folder_inside_the_tree_is_refused()
    {
        var failure = Assert.Throws<IntreeFailure>(
            () => WorkFolder.Open(_temp.PathOf("linux/build"), Tree, KernelVersion.Read(Tree), _ => { }, CancellationToken.None));
        Assert.Equal(FailureKind.InTheWay, failure.Kind);
    }

    /// <summary>Such as /usr/src/linux or /home.</summary>
    [Theory]
    [InlineData("link/build")]
    [InlineData("above/linux/build")]
    [InlineData("into/build")]
    [InlineData("linux")]
    public void So_is_one_that_leads_into_it_by_a_link(string work)
    {
        File.CreateSymbolicLink(_temp.PathOf("link"), "linux");
        File.CreateSymbolicLink(_temp.PathOf("above"), _temp.Root);
        File.CreateSymbolicLink(_temp.PathOf("into"), "link/drivers");
        foreach (var tree in (string[])["linux", "link", "above/linux"])
        {
            var opened = FolderTree.Open(_temp.PathOf(tree));
            var failure = Assert.Throws<IntreeFailure>(
                () => WorkFolder.Open(_temp.PathOf(work), opened, KernelVersion.Read(opened), _ => { }, CancellationToken.None));
            Assert.Contains("is inside the tree", failure.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>kbuild would fail after the copy, as if the tree were not proven.</summary>
    [Theory]
    [InlineData("with space")]
    [InlineData("a:b")]
    public void A_work_folder_that_kbuild_cannot_work_in_is_refused_before_it_is_made(string name)
    {
        var failure = Assert.Throws<IntreeFailure>(
            () => WorkFolder.Open(_temp.PathOf(name), Tree, KernelVersion.Read(Tree), _ => { }, CancellationToken.None));
        Assert.Equal(FailureKind.InTheWay, failure.Kind);
        Assert.False(Directory.Exists(_temp.PathOf(name)));
    }

    private FolderTree Tree => FolderTree.Open(_temp.PathOf("linux"));

    private WorkFolder Open(Action<string> waits) =>
        WorkFolder.Open(_temp.PathOf("work"), Tree, KernelVersion.Read(Tree), waits, CancellationToken.None);
}

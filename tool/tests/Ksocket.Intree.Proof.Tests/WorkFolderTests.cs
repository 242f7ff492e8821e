// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Files;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Proof.Tests;

public sealed class WorkFolderTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public WorkFolderTests() => LiteralKernel.Named().WriteTo(_temp.PathOf("linux"));

    public void Dispose() => _temp.Dispose();

    /// <summary>Minutes may pass: whoever waits is told so once, and for what.</summary>
    [Fact]
    public async Task Who_waits_for_another_proof_of_the_same_kernel_is_told()
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
        await Task.Delay(500, TestContext.Current.CancellationToken); // some more looks at the lock
        Assert.False(second.IsCompleted);
        first.Dispose();
        using var now = await second;
        Assert.Equal([$"another proof works in {Path.GetDirectoryName(now.Source)}"], told);
    }

    [Fact]
    public void A_work_folder_inside_the_tree_is_refused() =>
        Assert.Equal(FailureKind.InTheWay, Assert.Throws<IntreeFailure>(() => WorkFolder.Open(_temp.PathOf("linux/build"), Tree, KernelVersion.Read(Tree), _ => { }, CancellationToken.None)).Kind);

    private FolderTree Tree => FolderTree.Open(_temp.PathOf("linux"));

    private WorkFolder Open(Action<string> waits) => WorkFolder.Open(_temp.PathOf("work"), Tree, KernelVersion.Read(Tree), waits, CancellationToken.None);
}

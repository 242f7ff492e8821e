// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Files;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Proof.Tests;

public sealed class SourceCopyTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public SourceCopyTests()
    {
        LiteralKernel.Named().With(".config", "CONFIG_X=y\n").With("arch/um/Makefile", "").With("kernel/fork.o", "object").WriteTo(_temp.PathOf("real"));
        Run.Git(_temp.PathOf("real"), "init", "-q");
        File.CreateSymbolicLink(_temp.PathOf("linux"), _temp.PathOf("real"));
    }

    public void Dispose() => _temp.Dispose();

    /// <summary>/usr/src/linux often is a link; cleaning the copy must never reach what it leads to.</summary>
    [Fact]
    public void A_tree_reached_through_a_link_keeps_every_byte()
    {
        var before = FolderDigest.Of(_temp.PathOf("real"));
        var copy = SourceCopy.Make(FolderTree.Open(_temp.PathOf("linux")), _temp.PathOf("work/source"));
        Assert.Equal(before, FolderDigest.Of(_temp.PathOf("real")));
        Assert.False(File.Exists(copy.PathOf(".config")));
        Assert.False(File.Exists(copy.PathOf("kernel/fork.o")));
        Assert.False(SourceCopy.IsNeeded(copy));
        Assert.True(File.Exists(copy.PathOf("drivers/Kconfig")));
    }

    [Fact]
    public void A_work_folder_inside_the_tree_is_refused()
    {
        var tree = FolderTree.Open(_temp.PathOf("linux"));
        var failure = Assert.Throws<IntreeFailure>(() => Prover.Run(new ProofRequest(tree, Form.BuiltIn, _temp.PathOf("real/work")), new Silent()));
        Assert.Equal(FailureKind.InTheWay, failure.Kind);
    }

    private sealed class Silent : IProofListener
    {
        public void Begins(string step)
        {
        }

        public void Progress(string note)
        {
        }

        public void Ends(ProofStep step)
        {
        }
    }
}

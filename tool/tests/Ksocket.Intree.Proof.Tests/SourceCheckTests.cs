// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Files;
using Ksocket.Intree.Proof.Building;
using Ksocket.Intree.Proof.Checking;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Proof.Tests;

/// <summary>Checks of a tree whose make and checkpatch say what real ones were heard to say.</summary>
public sealed class SourceCheckTests : IDisposable
{
    private const string Fault = "scratch.c:9:17: warning: dereference of noderef expression";
    private const string Ran = "  CHECK   /x/drivers/ksocket/socket.c";

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    /// <summary>A ~/.checkpatch.conf with --ignore would hide what there is, and one with --codespell show what is not.</summary>
    [Fact]
    public void Checkpatch_does_not_read_its_users_wishes()
    {
        Skip.Without("perl");
        var tree = Tree(Fault, Ran, "print \"x: WARNING: home is $ENV{HOME}\\n\"; exit 1;\n");
        var failure = Assert.Throws<IntreeFailure>(() => CheckpatchCheck.Run(tree));
        Assert.StartsWith($"checkpatch: x: WARNING: home is {tree.Scratch}", failure.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(tree.Scratch, ".checkpatch.conf")));
    }

    private CheckedTree Tree(string seeded, string ours, string checkpatch = "")
    {
        var root = _temp.PathOf("linux");
        LiteralKernel.Named().With("Makefile", $"""
            VERSION = 6
            PATCHLEVEL = 12
            SUBLEVEL = 1
            .PHONY: scratch.o drivers/ksocket/ samples/ksocket/
            scratch.o: ; @cat {_temp.PathOf("seeded")}
            drivers/ksocket/: ; @cat {_temp.PathOf("ours")}
            samples/ksocket/: ; @:

            """).With("scripts/checkpatch.pl", checkpatch).WriteTo(root);
        File.WriteAllText(_temp.PathOf("seeded"), seeded + "\n");
        File.WriteAllText(_temp.PathOf("ours"), ours + "\n");
        var (source, log) = (FolderTree.Open(root), new ProofLog(_temp.PathOf("log")));
        return new CheckedTree(source, new KernelBuild(source, _temp.PathOf("out"), Arch.Um, log, jobs: 1), Form.BuiltIn, _temp.PathOf("scratch"), log);
    }
}

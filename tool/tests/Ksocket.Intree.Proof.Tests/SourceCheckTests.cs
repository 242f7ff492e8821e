// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Files;
using Ksocket.Intree.Proof.Building;
using Ksocket.Intree.Proof.Checking;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Proof.Working;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Proof.Tests;

/// <summary>The checks, with a fake make and checkpatch that print real output.</summary>
public sealed class SourceCheckTests : IDisposable
{
    private const string Fault = "scratch.c:9:17: warning: dereference of noderef expression";
    private const string Ran = "  CHECK   /x/drivers/ksocket/socket.c";

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData(Fault, Ran, Outcome.Passed, "no warnings")]
    [InlineData("  CHECK   scratch.c", Ran, Outcome.Skipped, "did not find a seeded __user fault")]
    [InlineData("scratch.c:12:1: error: bad constant expression", Ran, Outcome.Skipped, "bad constant expression")]
    [InlineData(
        Fault,
        Ran + "\n/x/include/net/sock.h:7:1: error: typename in expression",
        Outcome.Skipped,
        "cannot parse the headers of this kernel: /x/include/net/sock.h:7:1: error: typename in expression")]
    [InlineData(
        Fault + "\n/x/include/net/sock.h:7:1: error: typename in expression",
        Ran,
        Outcome.Skipped,
        "cannot parse the headers of this kernel: /x/include/net/sock.h:7:1: error: typename in expression")]
    [InlineData(Fault, "make did nothing", Outcome.Skipped, "make did not run sparse")]
    public void Silence_of_sparse_counts_only_where_it_understood_what_it_read(string seeded, string ours, Outcome outcome, string said)
    {
        Skip.Without("sparse");
        var finding = SparseCheck.Run(Tree(seeded, ours));
        Assert.Equal(outcome, finding.Outcome);
        Assert.Contains(said, finding.Note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/x/drivers/ksocket/socket.c:7:1: warning: incorrect type in argument 1")]
    [InlineData("/x/include/net/ksocket.h:7:1: error: Expected ; at end of declaration")]
    public void What_sparse_says_of_our_files_is_a_fault(string complaint)
    {
        Skip.Without("sparse");
        var failure = Assert.Throws<IntreeFailure>(() => SparseCheck.Run(Tree(Fault, $"{Ran}\n{complaint}")));
        Assert.Equal((FailureKind.NotProven, $"sparse: {complaint}"), (failure.Kind, failure.Message));
    }

    /// <summary>A ~/.checkpatch.conf with --ignore would hide complaints, and one with --codespell would add some.</summary>
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

            """).With("scripts/checkpatch.pl", checkpatch).With("include/net/ksocket.h", "").WriteTo(root);
        File.WriteAllText(_temp.PathOf("seeded"), seeded + "\n");
        File.WriteAllText(_temp.PathOf("ours"), ours + "\n");
        var (source, log) = (FolderTree.Open(root), new ProofLog(_temp.PathOf("log")));
        return new CheckedTree(
            source,
            new KernelBuild(source, _temp.PathOf("out"), Arch.Um, log, jobs: 1),
            Form.BuiltIn,
            ProvedDrivers.Ksocket,
            _temp.PathOf("scratch"),
            log);
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Mail;
using Ksocket.Intree.Core.Series;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Git.Tests;

/// <summary>commit must keep files hidden by .gitignore, and other files with unusual names.</summary>
public sealed class BranchTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly string _work;

    public BranchTests()
    {
        _work = _temp.PathOf("work");
        LiteralKernel.Named().With(".gitignore", "/*\n").WriteTo(_work);
        Run.Git(_work, "init", "-q");
        Run.Git(_work, "add", "-f", ".");
        Run.Git(_work, "commit", "-q", "-m", "a kernel as Debian has it");
    }

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("mkdir drivers/ksocket; echo mine >drivers/ksocket/socket.c", "drivers/ksocket/socket.c")]
    [InlineData("mkdir -p include/net; echo mine >include/net/ksocket.h", "include/net/ksocket.h")]
    [InlineData("mkdir elsewhere; ln -s ../elsewhere drivers/ksocket", "drivers/ksocket")]
    [InlineData("echo mine >drivers/ksocket", "drivers/ksocket")]
    [InlineData("echo '# mine' >>drivers/Makefile", "drivers/Makefile")]
    public void A_checked_out_branch_is_left_alone_where_ignored_files_are_in_the_way(string edit, string named)
    {
        Run.Program("sh", _work, "-c", edit);
        var before = FolderDigest.Of(_work);
        var failure = Assert.Throws<IntreeFailure>(() => Commit("main"));
        Assert.Equal(FailureKind.InTheWay, failure.Kind);
        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, FolderDigest.Of(_work));
    }

    [Fact]
    public void A_checked_out_branch_goes_along_beside_what_is_ignored()
    {
        Run.Program("sh", _work, "-c", "echo mine >notes; touch drivers/Makefile");
        Assert.True(Commit("main").CheckedOut);
        Assert.Equal("mine\n", File.ReadAllText(Path.Combine(_work, "notes")));
        Assert.Empty(Run.Git(_work, "status", "--porcelain"));
        Assert.Equal("ksocket-intree: 7 commits on", Run.Git(_work, "log", "-g", "-1", "--format=%gs").Trim()[..28]);
    }

    [Fact]
    public void A_sparse_checkout_stays_sparse()
    {
        Run.Git(_work, "sparse-checkout", "set", "drivers");
        Assert.True(Commit("main").CheckedOut);
        Assert.True(File.Exists(Path.Combine(_work, "drivers/ksocket/socket.c")));
        Assert.False(Directory.Exists(Path.Combine(_work, "samples")));
    }

    [Fact]
    public void Neighbours_keep_their_names_and_modes()
    {
        Run.Program("sh", _work, "-c", """
            printf 'x\n' >"drivers/$(printf '\351.c')"
            printf 'x\n' >drivers/ü.c
            printf 'x\n' >drivers/run; chmod 755 drivers/run
            ln -s run drivers/link
            chmod 755 drivers/Kconfig
            """);
        Run.Git(_work, "add", "-f", "drivers");
        Run.Git(_work, "commit", "-q", "-m", "odd neighbours");
        var before = Run.Git(_work, "ls-tree", "HEAD:drivers").Split('\n').ToHashSet();
        Commit("new");
        var after = Run.Git(_work, "ls-tree", "new:drivers").Split('\n').ToHashSet();
        Assert.Equal(["Kconfig", "Makefile"], before.Except(after).Select(line => line.Split('\t')[1]).Order());
        Assert.StartsWith(
            "100755",
            Assert.Single(after, line => line.EndsWith("\tKconfig", StringComparison.Ordinal)),
            StringComparison.Ordinal);
        Run.Git(_work, "fsck", "--strict");
    }

    private BranchResult Commit(string branch)
    {
        using var tree = CommitTree.Open(_work + "@HEAD");
        return Branch.Write(
            tree,
            branch,
            SeriesPlanner.Plan(tree, DriverSource.Bundled, Parts.All),
            new Envelope(Person.Project, Release.Date));
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Files;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Git.Tests;

public sealed class CommitTreeTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly string _bare;

    public CommitTreeTests()
    {
        var work = _temp.PathOf("work");
        LiteralKernel.Named().WriteTo(work);
        Run.Git(work, "init", "-q");
        Run.Git(work, "add", ".");
        Run.Git(work, "commit", "-q", "-m", "a kernel");
        Run.Git(work, "tag", "-a", "-m", "annotated", "v6.12");
        _bare = _temp.PathOf("linux.git");
        Run.Git(_temp.Root, "clone", "-q", "--bare", work, _bare);
    }

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("v6.12")]
    [InlineData("main")]
    [InlineData("HEAD")]
    public void A_commit_of_a_bare_repository_reads_as_the_folder_does(string revision)
    {
        using var commit = CommitTree.Open($"{_bare}@{revision}");
        var folder = FolderTree.Open(_temp.PathOf("work"));
        Assert.Equal(folder.EntriesBelow("drivers"), commit.EntriesBelow("drivers"));
        Assert.Equal(folder.Read("drivers/Kconfig"), commit.Read("drivers/Kconfig"));
        Assert.Equal(EntryKind.Missing, commit.KindOf("drivers/ksocket"));
        Assert.Equal(
            UnifiedDiff.Of(Planner.Plan(folder, DriverSource.Bundled, Parts.All).Changes),
            UnifiedDiff.Of(Planner.Plan(commit, DriverSource.Bundled, Parts.All).Changes));
    }

    [Fact]
    public void Reading_writes_nothing()
    {
        var before = FolderDigest.Of(_bare);
        using (var commit = CommitTree.Open($"{_bare}@v6.12"))
        {
            Planner.Plan(commit, DriverSource.Bundled, Parts.All);
        }

        Assert.Equal(before, FolderDigest.Of(_bare));
    }

    [Fact]
    public void An_unknown_revision_is_named()
    {
        var failure = Assert.Throws<IntreeFailure>(() => CommitTree.Open($"{_bare}@v9.99"));
        Assert.Equal(FailureKind.NotUnderstood, failure.Kind);
        Assert.Contains("'v9.99'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_with_an_at_sign_is_a_folder() =>
        Assert.False(CommitTree.IsNamedBy(Directory.CreateDirectory(_temp.PathOf("linux@home")).FullName));

    [Fact]
    public void What_git_add_would_leave_out_is_reported()
    {
        var work = _temp.PathOf("work");
        File.WriteAllText(Path.Combine(work, ".gitignore"), "/*\n!/drivers/\n");
        Assert.Equal(
            ["include/net/ksocket.h"],
            IgnoredPaths.Among(["include/net/ksocket.h", "drivers/ksocket/socket.c"], work).Select(path => path.ToString()));
    }
}

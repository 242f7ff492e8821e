// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Mail;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Probing;
using Ksocket.Intree.Core.Series;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Files;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Git.Tests;

/// <summary>A kernel that is a folder of a larger repository, as board vendors publish it.</summary>
public sealed class SubfolderTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly string _work;

    public SubfolderTests()
    {
        _work = _temp.PathOf("work");
        LiteralKernel.Named().WriteTo(Path.Combine(_work, "kernel/linux"));
        File.WriteAllText(Path.Combine(_work, "README"), "more than a kernel\n");
        Run.Git(_work, "init", "-q");
        Run.Git(_work, "add", "-f", ".");
        Run.Git(_work, "commit", "-q", "-m", "fix: a kernel and more");
    }

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("@HEAD:kernel/linux")]
    [InlineData("@HEAD:kernel/linux/")]
    [InlineData("@main:./kernel/linux")]
    [InlineData("@HEAD^{/fix: a}:kernel/linux")]
    [InlineData("/kernel/linux@HEAD")]
    [InlineData("/kernel/linux/@HEAD:kernel/linux")]
    public void Is_read_as_the_folder_is(string name)
    {
        using var commit = CommitTree.Open(_work + name);
        using var folder = FolderTree.Open(Path.Combine(_work, "kernel/linux"));
        Assert.Equal(PatchOf(folder), PatchOf(commit));
        Assert.Equal("kernel/linux", commit.Prefix.ToString());
    }

    [Theory]
    [InlineData("@HEAD", "is not a Linux source tree", "@HEAD:kernel/linux")]
    [InlineData("@HEAD:linux", "HEAD has no folder linux", "ls-tree")]
    [InlineData("@HEAD:README", "HEAD has no folder README", "ls-tree")]
    [InlineData("@HEAD:../x", "'../x' is not a folder of a commit", "REPO@REV:linux")]
    [InlineData("@nothing:kernel/linux", "has no commit 'nothing'", "")]
    public void What_is_not_one_is_named_with_a_way_on(string name, string message, string hint)
    {
        var failure = Assert.Throws<IntreeFailure>(() =>
        {
            using var tree = CommitTree.Open(_work + name);
            KernelVersion.Read(tree);
        });
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.Contains(hint, failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_holds_a_kernel_is_named_too()
    {
        var failure = Assert.Throws<IntreeFailure>(() => KernelVersion.Read(FolderTree.Open(_work)));
        Assert.Contains($"name {_work}/kernel/linux", failure.Hint, StringComparison.Ordinal);
    }

    /// <summary>A vendor's kernel of links into a common one beside it.</summary>
    [Fact]
    public void A_link_out_of_the_folder_is_followed_inside_the_repository()
    {
        var header = Path.Combine(_work, "kernel/linux/include/net/sock.h");
        Directory.CreateDirectory(Path.Combine(_work, "kernel/common"));
        File.Move(header, Path.Combine(_work, "kernel/common/sock.h"));
        File.CreateSymbolicLink(header, "../../../common/sock.h");
        Commit();
        using var commit = CommitTree.Open(_work + "@HEAD:kernel/linux");
        using var folder = FolderTree.Open(Path.Combine(_work, "kernel/linux"));
        foreach (var tree in (KernelTree[])[commit, folder])
        {
            Assert.NotEmpty(Probe.Run(tree, DriverSource.Bundled.Evidence).Requirements);
        }

        File.Delete(header);
        File.CreateSymbolicLink(header, "../../../../../outside.h");
        Commit();
        using var broken = CommitTree.Open(_work + "@HEAD:kernel/linux");
        var failure = Assert.Throws<IntreeFailure>(() => Probe.Run(broken, DriverSource.Bundled.Evidence));
        const string link = "include/net/sock.h is a link to ../../../../../outside.h, which is not there";
        Assert.Contains(link, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ksocket", false)]
    [InlineData("main", true)]
    public void Commit_writes_its_part_of_the_repository(string branch, bool checkedOut)
    {
        File.WriteAllText(Path.Combine(_work, "kernel/linux/.gitignore"), ".*\n");
        Commit();
        using (var tree = CommitTree.Open(_work + "@HEAD:kernel/linux"))
        {
            var series = SeriesPlanner.Plan(tree, DriverSource.Bundled, Parts.All);
            var mails = PatchSeries.Of(
                series,
                Provenance.Of(series, Parts.All, TreeKind.Unknown, ""),
                new Envelope(Person.Project, Release.Date),
                new CreatedFiles()).Letters.Select(letter => letter.Bytes.ToArray());
            File.WriteAllBytes(_temp.PathOf("mbox"), [.. mails.SelectMany(mail => (byte[])[.. mail, (byte)'\n'])]);
            Assert.Equal(checkedOut, Branch.Write(tree, branch, series, new Envelope(Person.Project, Release.Date)).CheckedOut);
        }

        Assert.Equal("more than a kernel\n", Run.Git(_work, "show", $"{branch}:README"));
        Assert.Equal("", Run.Git(_work, "status", "--porcelain"));
        if (!checkedOut)
        {
            Run.Git(_work, "am", "-q", "--directory=kernel/linux", _temp.PathOf("mbox"));
            Assert.Equal(Run.Git(_work, "rev-parse", "HEAD^{tree}"), Run.Git(_work, "rev-parse", $"{branch}^{{tree}}"));
        }
    }

    [Fact]
    public void A_file_in_the_way_is_looked_for_in_the_folder()
    {
        var theirs = Path.Combine(_work, "kernel/linux/include/net/ksocket.h");
        File.WriteAllText(Path.Combine(_work, ".gitignore"), "ksocket.h\n");
        Commit();
        File.WriteAllText(theirs, "mine\n");
        using var tree = CommitTree.Open(_work + "@HEAD:kernel/linux");
        var series = SeriesPlanner.Plan(tree, DriverSource.Bundled, [Part.Driver]);
        var failure = Assert.Throws<IntreeFailure>(() => Branch.Write(tree, "main", series, new Envelope(Person.Project, Release.Date)));
        Assert.Contains("kernel/linux/include/net/ksocket.h exists", failure.Message, StringComparison.Ordinal);
        Assert.Equal("mine\n", File.ReadAllText(theirs));
    }

    private static ByteString PatchOf(KernelTree tree) =>
        UnifiedDiff.Of(Planner.Plan(tree, DriverSource.Bundled, Parts.All).Changes);

    private void Commit()
    {
        Run.Git(_work, "add", "-A", "-f", ".");
        Run.Git(_work, "commit", "-q", "-m", "more");
    }
}

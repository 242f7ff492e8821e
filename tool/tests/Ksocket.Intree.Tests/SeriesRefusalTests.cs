// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>Invalid input of series and commit: one error, one hint, the right exit code, and no files left.</summary>
public sealed class SeriesRefusalTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_revision_that_is_not_there() => Refused(Kernel(), "v9.99", ExitCode.NotUnderstood, "'v9.99'");

    [Fact]
    public void A_branch_without_a_commit()
    {
        var repository = Directory.CreateDirectory(_temp.PathOf("unborn")).FullName;
        Run.Git(repository, "init", "-q");
        Refused(repository, "HEAD", ExitCode.NotUnderstood, "no commit 'HEAD'");
    }

    [Theory]
    [InlineData("HEAD")]
    [InlineData("HEAD:drivers/Makefile")]
    public void A_damaged_object(string what)
    {
        var repository = Kernel();
        var id = Run.Git(repository, "rev-parse", what).Trim();
        var file = Path.Combine(repository, ".git/objects", id[..2], id[2..]);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(file, "no object");
        Refused(repository, "HEAD", ExitCode.NotUnderstood, id, "damaged", "fsck");
    }

    [Fact]
    public void A_repository_of_somebody_else()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "skipped: only root can give a repository away");
        var repository = Kernel();
        Run.Program("chown", _temp.Root, "-R", "65534", repository);
        Refused(repository, "HEAD", ExitCode.NotUnderstood, "belongs to another user", "safe.directory");
    }

    [Fact]
    public void What_is_no_kernel()
    {
        var repository = Directory.CreateDirectory(_temp.PathOf("other")).FullName;
        File.WriteAllText(Path.Combine(repository, "Makefile"), "all:\n");
        Commit(repository);
        Refused(repository, "HEAD", ExitCode.NotUnderstood, "not a Linux source tree");
    }

    [Fact]
    public void A_revision_that_carries_ksocket()
    {
        var repository = Kernel();
        Assert.Equal(ExitCode.Done, Cli.Run("commit", "-b", "with", repository + "@HEAD").Exit);
        Refused(repository, "with", ExitCode.InTheWay, "already has ksocket");
    }

    /// <summary>With one bad folder among several trees, nothing is written.</summary>
    [Fact]
    public void A_folder_with_files_of_others()
    {
        var repository = Kernel();
        Run.Git(repository, "tag", "first");
        File.WriteAllText(Path.Combine(repository, "Makefile"), "VERSION = 6\nPATCHLEVEL = 13\nSUBLEVEL = 0\n");
        Commit(repository);
        var output = _temp.PathOf("out");
        Directory.CreateDirectory(Path.Combine(output, "6.13"));
        File.WriteAllText(Path.Combine(output, "6.13", "notes.txt"), "mine\n");
        var before = FolderDigest.Of(output);
        Cli.Run("series", "-o", output, repository + "@first", repository + "@HEAD").RefusesWith(ExitCode.InTheWay, "notes.txt", "-o DIR");
        Assert.Equal(before, FolderDigest.Of(output));
    }

    private string Kernel()
    {
        var repository = _temp.PathOf("linux");
        LiteralKernel.Named().WriteTo(repository);
        Commit(repository);
        return repository;
    }

    private static void Commit(string repository)
    {
        Run.Git(repository, "init", "-q");
        Run.Git(repository, "add", ".");
        Run.Git(repository, "commit", "-q", "-m", "a tree");
    }

    private void Refused(string repository, string revision, ExitCode exit, params ReadOnlySpan<string> words)
    {
        var before = FolderDigest.Of(repository);
        var output = _temp.PathOf("out");
        Cli.Run("series", "-o", output, $"{repository}@{revision}").RefusesWith(exit, words);
        Cli.Run("commit", "-b", "new", $"{repository}@{revision}").RefusesWith(exit, words);
        Assert.False(Path.Exists(output));
        Assert.Equal(before, FolderDigest.Of(repository));
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Mail;
using Ksocket.Intree.Core.Series;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Git.Tests;

/// <summary>The series is the same for every repository format, and the repository is not changed.</summary>
public sealed class RepositoryFormTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly string _origin;

    public RepositoryFormTests() => _origin = Make("origin");

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Bare() => SameAsOrigin(Clone("--bare"));

    [Fact]
    public void With_alternates() => SameAsOrigin(Clone("--reference", _origin));

    [Fact]
    public void Shallow() => SameAsOrigin(Clone("--depth=1"));

    [Fact]
    public void A_linked_worktree()
    {
        Run.Git(_origin, "worktree", "add", "-q", "--detach", _temp.PathOf("linked"));
        SameAsOrigin(_temp.PathOf("linked"));
    }

    [Fact]
    public void Sha_256()
    {
        var repository = Make("sha256", "--object-format=sha256");
        SameAsOrigin(repository);

        using var tree = CommitTree.Open(repository + "@HEAD");
        var planned = SeriesPlanner.Plan(tree, DriverSource.Bundled, Parts.All);
        var before = FolderDigest.Of(repository);
        var failure = Assert.Throws<IntreeFailure>(
            () => Branch.Write(tree, "ksocket", planned, new Envelope(Person.Project, Release.Date)));
        Assert.Equal(FailureKind.NotUnderstood, failure.Kind);
        Assert.EndsWith($"series --stdout {repository}@HEAD | git am", failure.Hint, StringComparison.Ordinal);
        Assert.Equal(before, FolderDigest.Of(repository));
    }

    [Fact]
    public void Reftable()
    {
        var version = Version.Parse(Regex.Match(Run.Git(_temp.Root, "--version"), @"\d+\.\d+").Value);
        Assert.SkipWhen(version < new Version(2, 45), $"skipped: git {version} cannot make a reftable repository, 2.45 can");
        SameAsOrigin(Make("reftable", "--ref-format=reftable"));
    }

    /// <summary>git reports which: reftable before 2.45, and any unknown format.</summary>
    [Fact]
    public void A_form_that_git_does_not_know_is_named()
    {
        Run.Git(_origin, "config", "core.repositoryFormatVersion", "1");
        Run.Git(_origin, "config", "extensions.tabletOfStone", "true");
        var failure = Assert.Throws<IntreeFailure>(() => SeriesOf(_origin));
        Assert.Equal(FailureKind.NotUnderstood, failure.Kind);
        Assert.Contains("tabletofstone", failure.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("git 2.45", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_partial_clone_is_refused_with_what_to_fetch()
    {
        Run.Git(_origin, "config", "uploadpack.allowFilter", "true");
        Run.Git(_origin, "config", "uploadpack.allowAnySHA1InWant", "true");
        var clone = Clone("--bare", "--filter=blob:none");
        var before = FolderDigest.Of(clone);
        var failure = Assert.Throws<IntreeFailure>(() => SeriesOf(clone));
        Assert.Equal(FailureKind.NotUnderstood, failure.Kind);
        Assert.Equal(before, FolderDigest.Of(clone));

        var command = failure.Hint![(failure.Hint!.IndexOf(": ", StringComparison.Ordinal) + 2)..];
        Run.Program("sh", _temp.Root, "-c", command);
        SameAsOrigin(clone);
        Assert.Equal(command.Split(' ').Count(word => word.Length == 40), Missing(before: true) - Missing(before: false));

        int Missing(bool before) => before
            ? Run.Git(_origin, "rev-list", "--objects", "--all", "--filter=object:type=blob", "--filter-provided-objects")
                .Split('\n', StringSplitOptions.RemoveEmptyEntries).Length
            : Run.Git(clone, "rev-list", "--objects", "--all", "--missing=print").Split('\n').Count(line => line.StartsWith('?'));
    }

    [Fact]
    public void A_revision_that_is_not_there_is_named() =>
        Assert.Contains(
            "'v9.99'",
            Assert.Throws<IntreeFailure>(() => CommitTree.Open(_origin + "@v9.99")).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("HEAD")]
    [InlineData("HEAD^{tree}")]
    [InlineData("HEAD:drivers")]
    [InlineData("HEAD:drivers/Kconfig")]
    public void An_object_that_was_cut_short_is_named(string what)
    {
        var id = Run.Git(_origin, "rev-parse", what).Trim();
        var path = Path.Combine(_origin, ".git", "objects", id[..2], id[2..]);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..40]);
        var failure = Assert.Throws<IntreeFailure>(() => SeriesOf(_origin));
        Assert.Equal(FailureKind.NotUnderstood, failure.Kind);
        Assert.Contains(id, failure.Message, StringComparison.Ordinal);
    }

    /// <summary>libgit2 hangs on it.</summary>
    [Fact]
    public void An_object_of_an_alternate_that_was_cut_short_is_named()
    {
        var clone = Clone("--reference", _origin);
        var id = Run.Git(_origin, "rev-parse", "HEAD:drivers/Kconfig").Trim();
        var path = Path.Combine(_origin, ".git", "objects", id[..2], id[2..]);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..40]);
        Assert.Contains(id, Assert.Throws<IntreeFailure>(() => SeriesOf(clone)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("origin", "HEAD")]
    [InlineData("sha256", "HEAD")]
    [InlineData("origin", "HEAD:drivers/Kconfig")]
    [InlineData("sha256", "HEAD:drivers/Kconfig")]
    public void An_object_that_is_missing_is_no_matter_of_partial_clones(string name, string what)
    {
        var repository = name == "origin" ? _origin : Make(name, "--object-format=sha256");
        var id = Run.Git(repository, "rev-parse", what).Trim();
        File.Delete(Path.Combine(repository, ".git", "objects", id[..2], id[2..]));
        var failure = Assert.Throws<IntreeFailure>(() => SeriesOf(repository));
        Assert.Equal(FailureKind.NotUnderstood, failure.Kind);
        Assert.Contains(id, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("partial", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("fsck", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checked_out_branch_goes_along_only_when_clean()
    {
        File.AppendAllText(Path.Combine(_origin, "Kbuild"), "# edited\n");
        Assert.Equal(FailureKind.InTheWay, Assert.Throws<IntreeFailure>(() => Commit("main")).Kind);
        Run.Git(_origin, "checkout", "-q", "Kbuild");
        Assert.True(Commit("main").CheckedOut);
        Assert.True(File.Exists(Path.Combine(_origin, "drivers/ksocket/socket.c")));
        Assert.Empty(Run.Git(_origin, "status", "--porcelain"));
    }

    [Fact]
    public void A_branch_that_stands_elsewhere_is_left_alone()
    {
        Run.Git(_origin, "branch", "ksocket");
        Run.Git(_origin, "commit", "-q", "--allow-empty", "-m", "further");
        Assert.Equal(FailureKind.InTheWay, Assert.Throws<IntreeFailure>(() => Commit("ksocket")).Kind);
    }

    private BranchResult Commit(string branch)
    {
        using var tree = CommitTree.Open(_origin + "@HEAD");
        return Branch.Write(
            tree,
            branch,
            SeriesPlanner.Plan(tree, DriverSource.Bundled, Parts.All),
            new Envelope(Person.Project, Release.Date));
    }

    private void SameAsOrigin(string repository)
    {
        var before = FolderDigest.Of(repository);
        Assert.Equal(SeriesOf(_origin), SeriesOf(repository));
        Assert.Equal(before, FolderDigest.Of(repository));
    }

    private static string SeriesOf(string repository)
    {
        using var tree = CommitTree.Open(repository + "@HEAD");
        var planned = SeriesPlanner.Plan(tree, DriverSource.Bundled, Parts.All);
        var series = PatchSeries.Of(
            planned,
            Provenance.Of(planned, Parts.All, TreeKind.Unknown, ""),
            new Envelope(Person.Project, Release.Date),
            new CreatedFiles());
        return string.Concat(series.Files.Select(file => file.Bytes.ToString()));
    }

    private string Clone(params string[] how)
    {
        var clone = _temp.PathOf("clone");
        Run.Git(_temp.Root, ["clone", "-q", .. how, "file://" + _origin, clone]);
        return clone;
    }

    private string Make(string name, params string[] how)
    {
        var work = _temp.PathOf(name);
        LiteralKernel.Named().WriteTo(work);
        Run.Git(work, ["init", "-q", .. how]);
        Run.Git(work, "add", ".");
        Run.Git(work, "commit", "-q", "-m", "a kernel");
        return work;
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>Names that are not ASCII, from the sender to the stored series and back.</summary>
public sealed class SeriesIdentityTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly string _tree;

    public SeriesIdentityTests()
    {
        _tree = _temp.PathOf("linux");
        LiteralKernel.Named().WriteTo(_tree);
    }

    public void Dispose() => _temp.Dispose();

    /// <summary>The series file was written as UTF-8 and read back as Latin-1: each verify --write encoded the name once more.</summary>
    [Fact]
    public void A_stored_series_with_a_name_that_is_not_ASCII_is_current()
    {
        var folder = _temp.PathOf("series");
        Assert.Equal(ExitCode.Done, Cli.Run("series", "--author", "Jörg Łukasz <j@example.org>", "-o", folder, _tree).Exit);
        var before = FolderDigest.Of(folder);
        Assert.Equal(ExitCode.Done, Cli.Run("verify", folder).Exit);
        Assert.Equal(ExitCode.Done, Cli.Run("verify", "--write", folder).Exit);
        Assert.Equal(before, FolderDigest.Of(folder));
        Assert.Contains(
            "# author: Jörg Łukasz <j@example.org>\n",
            File.ReadAllText(Path.Combine(folder, "meta/series")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_cover_letter_of_such_an_author_declares_its_encoding()
    {
        var folder = _temp.PathOf("series");
        Assert.Equal(ExitCode.Done, Cli.Run("series", "--cover-letter", "--author", "Jörg <j@example.org>", "-o", folder, _tree).Exit);
        var cover = File.ReadAllText(Path.Combine(folder, "0000-cover-letter.patch"));
        Assert.Contains(
            "\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n",
            cover,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_identity_of_git_that_is_no_address_is_named()
    {
        var linux = SmallRepository.Make(_tree, _temp.PathOf("repository"));
        Run.Git(linux, "config", "user.name", "Jörg");
        Run.Git(linux, "config", "user.email", "joerg at example");
        var run = RealProgram.Shell(
            "unset GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL; \"$k\" series -s -o \"$1\" \"$2\"", _temp.PathOf("out"), linux + "@base");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("git knows you as 'Jörg <joerg at example>', which is not ", run.Output.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_temp.PathOf("out")));
    }

    [Fact]
    public void A_range_diff_keeps_every_letter()
    {
        var (first, second) = (_temp.PathOf("v1"), _temp.PathOf("v2"));
        Assert.Equal(ExitCode.Done, Cli.Run("series", "--author", "Ł <l@example.org>", "-o", first, _tree).Exit);
        string[] options = ["-v", "2", "--cover-letter", "--range-diff", first, "--author", "Łucja <l@example.org>"];
        var next = Cli.Run(["series", .. options, "-o", second, _tree]);
        Assert.True(next.Exit == ExitCode.Done, next.Messages);
        Assert.Contains(
            "Łucja",
            File.ReadAllText(Path.Combine(second, "v2-0000-cover-letter.patch")).Split("Range-diff")[1],
            StringComparison.Ordinal);
    }

    /// <summary>As git commit -s has it: the identity of the repository that is named, not of the folder the user stands in.</summary>
    [Fact]
    public void The_sign_off_is_of_the_repository_that_is_named()
    {
        Run.Git(_tree, "init", "-q");
        Run.Git(_tree, "config", "user.name", "Owner Ö");
        Run.Git(_tree, "config", "user.email", "owner@example.org");
        Run.Git(_tree, "add", ".");
        Run.Git(_tree, "commit", "-q", "-m", "a kernel");
        var folder = _temp.PathOf("series");
        Assert.Equal(ExitCode.Done, Cli.Run("series", "-s", "-o", folder, _tree + "@HEAD").Exit);
        Assert.Contains(
            "# signed-off-by: Owner Ö <owner@example.org>\n",
            File.ReadAllText(Path.Combine(folder, "meta/series")),
            StringComparison.Ordinal);
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>The output reports exactly what was done.</summary>
public sealed class AnswerTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Removing_a_part_that_is_not_there_changes_nothing()
    {
        LiteralKernel.Named().WriteTo(_temp.Root);
        Cli.Run("apply", _temp.Root);
        var before = FolderDigest.Of(_temp.Root);
        foreach (var check in (string[][])[["--check"], []])
        {
            var run = Cli.Run(["remove", "--parts", "docs", .. check, _temp.Root]);
            Assert.Equal((ExitCode.Done, ""), (run.Exit, run.Messages));
            Assert.Equal("linux 6.12.107: no docs of ksocket in the tree; nothing to do\n", run.Answer);
            Assert.False(Cli.Run(["--json", "remove", "--parts", "docs", .. check, _temp.Root]).Json.GetProperty("changed").GetBoolean());
        }

        Assert.Equal(before, FolderDigest.Of(_temp.Root));
    }

    [Fact]
    public void Apply_and_remove_count_the_same_files_and_list_the_state_file()
    {
        LiteralKernel.Named().WriteTo(_temp.Root);
        var plan = Cli.Run("plan", _temp.Root).Answer;
        var check = Cli.Run("apply", "-n", _temp.Root).Answer;
        var apply = Cli.Run("apply", _temp.Root).Answer;
        var remove = Cli.Run("remove", _temp.Root).Answer;
        Assert.Equal(CountIn(apply, "added"), CountIn(remove, "deleted"));
        Assert.Equal(CountIn(apply, "added"), CountIn(check, "added"));
        Assert.Equal(CountIn(apply, "added"), CountIn(plan, "added"));
        Assert.All([plan, check, apply, remove], answer => Assert.Contains("  .ksocket-intree\n", answer, StringComparison.Ordinal));
        Assert.DoesNotContain(".ksocket-intree", Cli.Run("plan", "--patch", _temp.Root).Answer, StringComparison.Ordinal);
    }

    /// <summary>The kconfig of this tree is a shell script.</summary>
    [Fact]
    public void Setting_the_config_of_a_tree_that_has_ksocket_is_a_change()
    {
        LiteralKernel.Named().Edit("Makefile", text => text + "olddefconfig:\n\t@true\n").WriteTo(_temp.Root);
        Directory.CreateDirectory(_temp.PathOf("scripts"));
        File.WriteAllText(_temp.PathOf("scripts/config"), "#!/bin/sh\necho CONFIG_KSOCKET=y >>\"$2\"\n");
        File.SetUnixFileMode(_temp.PathOf("scripts/config"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.WriteAllText(_temp.PathOf(".config"), "CONFIG_INET=y\n");
        Cli.Run("apply", _temp.Root);

        var check = Cli.Run("apply", "--config", "--check", _temp.Root);
        Assert.Equal(ExitCode.No, check.Exit);
        Assert.Equal(
            "linux 6.12.107: ksocket is already in the tree; apply would set .config\n  set     .config: CONFIG_KSOCKET=y\n",
            check.Answer);
        var json = Cli.Run("--json", "apply", "--config", _temp.Root).Json;
        Assert.True(json.GetProperty("changed").GetBoolean());
        Assert.Equal("CONFIG_KSOCKET=y", json.GetProperty("config")[0].GetString());

        var again = Cli.Run("--json", "apply", "--config", _temp.Root).Json;
        Assert.False(again.GetProperty("changed").GetBoolean());
        File.WriteAllText(_temp.PathOf(".config"), "CONFIG_INET=y\n");
        Assert.Contains(
            "ksocket is already in the tree; .config was set\n",
            Cli.Run("apply", "--config", _temp.Root).Answer,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_commit_without_a_sign_off_warns_as_a_series_does()
    {
        var repository = Repository();
        foreach (var words in (string[][])[["commit", "-b", "new"], ["series", "-o", _temp.PathOf("out")]])
        {
            var run = Cli.Run([.. words, repository + "@HEAD"]);
            Assert.Equal(ExitCode.Done, run.Exit);
            Assert.StartsWith(
                "warning: no Signed-off-by, and the author is ksocket-intree@example.invalid; ",
                run.Messages,
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("x/y", "x")]
    [InlineData("x", "x/y")]
    public void A_branch_that_git_cannot_have_beside_another(string there, string wanted)
    {
        var repository = Repository();
        Run.Git(repository, "branch", there);
        var before = FolderDigest.Of(repository);
        Cli.Run("commit", "-b", wanted, repository + "@HEAD").RefusesWith(ExitCode.InTheWay, $"the branch {there} exists");
        Assert.Equal(before, FolderDigest.Of(repository));
    }

    [Theory]
    [InlineData("\"abc\"")]
    [InlineData("\"\"")]
    [InlineData("null")]
    public void A_proof_of_a_driver_with_a_short_hash(string driver)
    {
        LiteralKernel.Named().WriteTo(_temp.Root);
        var proof = $$"""
            {"proven":true,"complete":true,"refused":[],"proofs":[{"tree":"t","version":"6.12","arch":"um","debug":false,"form":"built in",
            "proven":true,"seconds":1,"cpuSeconds":1,"steps":[],"talk":[],"log":"","driver":{{driver}},"cases":0}]}
            """;
        File.WriteAllText(_temp.PathOf("proof"), proof);
        Cli.Run(
            "series",
            "--cover-letter",
            "--proof",
            _temp.PathOf("proof"),
            "-o",
            _temp.PathOf("out"),
            _temp.Root).RefusesWith(ExitCode.InTheWay, "another driver");
    }

    private static string CountIn(string answer, string what) => Regex.Match(answer, $@"(\d+)(?: files)? {what}").Groups[1].Value;

    private string Repository()
    {
        var repository = _temp.PathOf("linux");
        LiteralKernel.Named().WriteTo(repository);
        Run.Git(repository, "init", "-q");
        Run.Git(repository, "add", ".");
        Run.Git(repository, "commit", "-q", "-m", "a tree");
        return repository;
    }
}

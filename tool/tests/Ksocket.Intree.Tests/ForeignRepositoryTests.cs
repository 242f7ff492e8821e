// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Processes;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>
/// With GIT_DIR and similar variables set, as in a hook: the output is the same, and the repository that they name is
/// unchanged.
/// </summary>
public sealed class ForeignRepositoryTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly string _mine;
    private readonly Dictionary<string, string?> _exported;

    public ForeignRepositoryTests()
    {
        _mine = Make("mine", LiteralKernel.Named("6.13.0"));
        _exported = new()
        {
            ["GIT_DIR"] = _mine + "/.git",
            ["GIT_WORK_TREE"] = _mine,
            ["GIT_INDEX_FILE"] = _mine + "/.git/index",
            ["GIT_OBJECT_DIRECTORY"] = _mine + "/.git/objects",
        };
    }

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void A_range_diff_commits_into_no_repository_but_its_own()
    {
        var linux = Make("linux", LiteralKernel.Named("6.12.0"));
        Assert.Equal(ExitCode.Done, Cli.Run("series", "-o", _temp.PathOf("old"), linux + "@HEAD").Exit);
        var before = FolderDigest.Of(_mine);
        var run = Exported(
            RealKernels.Command,
            "series",
            "-v",
            "2",
            "--cover-letter",
            "--range-diff",
            _temp.PathOf("old"),
            "-o",
            _temp.PathOf("new"),
            linux + "@HEAD");
        Assert.Equal(before, FolderDigest.Of(_mine));
        Assert.True(run.Succeeded, run.Output.ToString());
        var last = Sender.Patches;
        Assert.Matches(
            $@"{last}:  \w+ = {last}:  \w+ Documentation", File.ReadAllText(_temp.PathOf("new-v2/v2-0000-cover-letter.patch")));
    }

    /// <summary>libgit2 can open only one of them.</summary>
    [Theory]
    [InlineData("sha1")]
    [InlineData("sha256")]
    public void The_commit_that_is_read_is_of_the_repository_that_was_named(string format)
    {
        var linux = Make("linux", LiteralKernel.Named("6.12.0"), $"--object-format={format}");
        Assert.StartsWith(
            "linux 6.12.0\n",
            Exported(RealKernels.Command, "probe", linux + "@HEAD").Output.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Scripts_start_git_in_the_folder_they_are_in_and_find_their_own_whatever_CDPATH_says()
    {
        Directory.CreateDirectory(_temp.PathOf("elsewhere/tool"));
        _exported["CDPATH"] = _temp.PathOf("elsewhere");
        var said = Exported(
            "bash",
            "-c",
            "cd \"$0\" && . tool/lib.sh && echo \"$REPO\" && cd \"$REPO\" && git rev-parse --show-toplevel",
            Repository.Root).Output.ToString();
        Assert.Equal($"{Repository.Root}\n{Repository.Root}\n", said);
    }

    [Fact]
    public void Every_variable_that_git_calls_local_is_known()
    {
        var local = Run.Git(_mine, "rev-parse", "--local-env-vars").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Empty(local.Except([.. ForeignRepository.Variables, "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT"]));
        var script = File.ReadAllText(Repository.PathOf("tool/lib.sh"));
        Assert.All(ForeignRepository.Variables, name => Assert.Matches($@"unset [^#]*\b{name}\b", script));
    }

    private ChildResult Exported(string program, params string[] words) => new Child(program, words) { Environment = _exported }.Run();

    private string Make(string name, LiteralKernel kernel, params string[] how)
    {
        var folder = _temp.PathOf(name);
        kernel.WriteTo(folder);
        Run.Git(folder, ["init", "-q", .. how]);
        Run.Git(folder, "add", ".");
        Run.Git(folder, "commit", "-q", "-m", "a kernel");
        return folder;
    }
}

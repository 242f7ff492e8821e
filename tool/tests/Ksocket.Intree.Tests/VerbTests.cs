// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>Each verb, run on a folder.</summary>
public sealed class VerbTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public VerbTests() => LiteralKernel.Named("6.16.0").WriteTo(_temp.Root);

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Probe_shows_the_variant_and_the_line_that_proves_it()
    {
        var run = Cli.Run("probe", _temp.Root);
        Assert.Equal(ExitCode.Done, run.Exit);
        Assert.StartsWith("linux 6.16.0\n", run.Answer, StringComparison.Ordinal);
        Assert.Matches(@"getsockopt_builtin: sk_getsockopt\n  include/net/sock\.h:\d+: int sk_getsockopt\(", run.Answer);
        Assert.Empty(run.Messages);
    }

    [Fact]
    public void Status_goes_from_absent_to_present_and_back_with_exit_codes_a_script_can_use()
    {
        Assert.Equal(ExitCode.No, Cli.Run("status", _temp.Root).Exit);
        Assert.Equal(ExitCode.Done, Cli.Run("apply", _temp.Root).Exit);

        var status = Cli.Run("status", _temp.Root);
        Assert.Equal(ExitCode.Done, status.Exit);
        Assert.StartsWith("present (driver), linux 6.16.0\n", status.Answer, StringComparison.Ordinal);

        Assert.Equal(ExitCode.Done, Cli.Run("remove", _temp.Root).Exit);
        Assert.Equal(ExitCode.No, Cli.Run("status", _temp.Root).Exit);
    }

    [Fact]
    public void Apply_ends_with_the_next_two_commands()
    {
        var messages = Cli.Run("apply", _temp.Root).Messages.TrimEnd().Split('\n');
        Assert.StartsWith($"  make -C {_temp.Root} menuconfig", messages[^2], StringComparison.Ordinal);
        Assert.StartsWith($"  make -C {_temp.Root} -j", messages[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Check_answers_no_and_writes_nothing()
    {
        var before = FolderDigest.Of(_temp.Root);
        Assert.Equal(ExitCode.No, Cli.Run("apply", "--check", _temp.Root).Exit);
        Assert.Equal(before, FolderDigest.Of(_temp.Root));
        Cli.Run("apply", _temp.Root);
        Assert.Equal(ExitCode.Done, Cli.Run("apply", "--check", _temp.Root).Exit);
        var applied = FolderDigest.Of(_temp.Root);
        Assert.Equal(ExitCode.No, Cli.Run("remove", "--check", _temp.Root).Exit);
        Assert.Equal(applied, FolderDigest.Of(_temp.Root));
    }

    [Fact]
    public void The_plan_as_a_patch_is_what_apply_writes()
    {
        using var other = new TempFolder();
        Run.Program("cp", "/", "-a", _temp.Root + "/.", other.Root);
        var patch = Cli.Run("plan", "--patch", "--parts", "all", other.Root);
        Assert.Equal(ExitCode.Done, patch.Exit);
        File.WriteAllText(other.PathOf("p.patch"), patch.Answer);
        Run.Git(other.Root, "apply", "p.patch");
        File.Delete(other.PathOf("p.patch"));

        Cli.Run("apply", "--parts", "all", _temp.Root);
        File.Delete(_temp.PathOf(".ksocket-intree"));
        Assert.Equal(FolderDigest.Of(_temp.Root), FolderDigest.Of(other.Root));
        Assert.Equal(ExitCode.Done, Cli.Run("status", other.Root).Exit);
    }

    [Fact]
    public void Reading_verbs_take_a_commit_of_a_bare_repository()
    {
        Run.Git(_temp.Root, "init", "-q");
        Run.Git(_temp.Root, "add", ".");
        Run.Git(_temp.Root, "commit", "-q", "-m", "kernel");
        using var bare = new TempFolder();
        Run.Git(_temp.Root, "clone", "-q", "--bare", _temp.Root, bare.PathOf("linux.git"));

        var name = bare.PathOf("linux.git") + "@main";
        Assert.Equal(Cli.Run("probe", _temp.Root).Answer, Cli.Run("probe", name).Answer);
        Assert.Equal(Cli.Run("plan", "--patch", _temp.Root).Answer, Cli.Run("plan", "--patch", name).Answer);
        Assert.Equal(ExitCode.No, Cli.Run("status", name).Exit);
        Cli.Run("apply", name).RefusesWith(ExitCode.NotUnderstood, "is a commit");
        Cli.Run("probe", bare.PathOf("linux.git")).RefusesWith(ExitCode.NotUnderstood, "bare repository", "@HEAD");
    }

    [Fact]
    public void Status_tells_what_git_add_would_leave_out()
    {
        File.WriteAllText(_temp.PathOf(".gitignore"), "/include/\n");
        Run.Git(_temp.Root, "init", "-q");
        Cli.Run("apply", _temp.Root);
        Assert.Contains("add -f include/net/ksocket.h", Cli.Run("status", _temp.Root).Messages, StringComparison.Ordinal);
    }

    /// <summary>As a process: the tests of this process share the current folder.</summary>
    [Fact]
    public void The_folder_option_means_what_it_means_to_git() =>
        Assert.StartsWith(
            "absent, linux 6.16.0",
            RealKernels.Intree("-C", _temp.Root, "status").Output.ToString(),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("with space")]
    [InlineData("at@home")]
    public void A_tree_may_have_an_odd_name(string name)
    {
        var odd = _temp.PathOf(name);
        LiteralKernel.Named().WriteTo(odd);
        var apply = Cli.Run("apply", odd);
        Assert.Equal(ExitCode.Done, apply.Exit);
        var next = apply.Messages.Split('\n').Single(line => line.Contains("menuconfig", StringComparison.Ordinal)).Split('#')[0];
        Assert.Contains(name.Contains(' ', StringComparison.Ordinal) ? $"'{odd}'" : odd, next, StringComparison.Ordinal);
    }

    [Fact]
    public void Colour_is_for_eyes_only()
    {
        Assert.DoesNotContain('\e', Cli.Run("probe", _temp.Root).Answer);
        Assert.Contains('\e', Cli.Run("--color", "always", "probe", _temp.Root).Answer);
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>What apply and status say of trees that kconfig or git do not take as they are.</summary>
public sealed class TreeStateTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    /// <summary>A submodule that was not checked out.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_source_that_is_not_there_is_named_by_status(bool applied)
    {
        LiteralKernel.Named().WriteTo(_temp.Root);
        if (applied)
        {
            Assert.Equal(ExitCode.Done, Cli.Run("apply", _temp.Root).Exit);
        }

        var kconfig = _temp.PathOf("drivers/Kconfig");
        const string next = "source \"drivers/dpll";
        var more = "source \"drivers/vendor/Kconfig\"\n\n" + next;
        File.WriteAllText(kconfig, File.ReadAllText(kconfig).Replace(next, more, StringComparison.Ordinal));
        Directory.CreateDirectory(_temp.PathOf("drivers/vendor"));
        var before = FolderDigest.Of(_temp.Root);
        var status = Cli.Run("status", _temp.Root);
        Assert.Equal(ExitCode.No, status.Exit);
        Assert.Contains(
            "kconfig cannot read this tree: drivers/Kconfig:6 sources drivers/vendor/Kconfig, which is not there (drivers/vendor is empty)",
            status.Messages,
            StringComparison.Ordinal);
        var faults = Cli.Run("--json", "status", _temp.Root).Json.GetProperty("wiringFaults").ToString();
        Assert.Contains("drivers/Kconfig:6", faults, StringComparison.Ordinal);
        Cli.Run("apply", _temp.Root).RefusesWith(ExitCode.NotUnderstood, "drivers/Kconfig:6", "git submodule update --init");
        Cli.Run("plan", _temp.Root).RefusesWith(ExitCode.NotUnderstood, "drivers/Kconfig:6");
        Assert.Equal(before, FolderDigest.Of(_temp.Root));
        Assert.Equal(ExitCode.Done, Cli.Run("remove", _temp.Root).Exit);
    }

    [Fact]
    public void A_Kbuild_beside_drivers_Makefile_is_refused_and_named_by_status()
    {
        LiteralKernel.Named().WriteTo(_temp.Root);
        Assert.Equal(ExitCode.Done, Cli.Run("apply", _temp.Root).Exit);
        File.WriteAllText(_temp.PathOf("drivers/Kbuild"), "obj-y += cache/\n");
        var status = Cli.Run("status", _temp.Root);
        Assert.Equal(ExitCode.No, status.Exit);
        Assert.Contains("in the tree, but not built: kbuild reads drivers/Kbuild", status.Messages, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, Cli.Run("remove", _temp.Root).Exit);
        Cli.Run("apply", _temp.Root).RefusesWith(ExitCode.NotUnderstood, "kbuild reads drivers/Kbuild");
        Assert.False(Directory.Exists(_temp.PathOf("drivers/ksocket")));
    }

    [Fact]
    public void A_dead_link_in_place_of_drivers_Kbuild_stops_make_and_apply()
    {
        LiteralKernel.Named().WriteTo(_temp.Root);
        File.CreateSymbolicLink(_temp.PathOf("drivers/Kbuild"), "nowhere");
        Cli.Run("apply", _temp.Root).RefusesWith(ExitCode.NotUnderstood, "kbuild reads drivers/Kbuild");
        Assert.False(Directory.Exists(_temp.PathOf("drivers/ksocket")));
    }

    /// <summary>The kernel's .gitignore hides names that begin with a dot; vendors ship trees without it.</summary>
    [Theory]
    [InlineData("", true)]
    [InlineData(".*\n", false)]
    public void A_state_file_that_git_would_add_is_named(string ignored, bool named)
    {
        LiteralKernel.Named().With("kernel/.gitignore", ignored).WriteTo(_temp.Root);
        File.WriteAllText(_temp.PathOf(".gitignore"), ignored);
        Run.Git(_temp.Root, "init", "-q");
        var apply = Cli.Run("apply", _temp.Root);
        Assert.Equal(named, apply.Messages.Contains("no .gitignore hides .ksocket-intree", StringComparison.Ordinal));
        var status = Cli.Run("status", _temp.Root);
        Assert.Equal(named, status.Messages.Contains("no .gitignore hides .ksocket-intree", StringComparison.Ordinal));
        if (named)
        {
            Run.Program("sh", _temp.Root, "-c", status.Messages.Split("to hide it: ")[1].Trim());
            Assert.DoesNotContain(".ksocket-intree", Run.Git(_temp.Root, "status", "--short"), StringComparison.Ordinal);
            Assert.DoesNotContain("hides", Cli.Run("status", _temp.Root).Messages, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void All_that_an_older_kernel_lacks_is_listed_in_one_run()
    {
        LiteralKernel.Named("5.4.119").Without("include/linux/sockptr.h")
            .Edit("include/net/sock.h", text => text.Replace("sock_no_linger", "sock_other", StringComparison.Ordinal)).WriteTo(_temp.Root);
        var probe = Cli.Run("probe", _temp.Root);
        probe.RefusesWith(ExitCode.NotUnderstood, "linux 5.4.119 lacks 3 of the ", "kernels from 5.10 on have them");
        Assert.All(
            ["sock_no_linger", "sockptr_t", "KERNEL_SOCKPTR"],
            name => Assert.Contains($"declares no {name}; known: ", probe.Messages, StringComparison.Ordinal));
        Assert.Equal(3, Cli.Run("--json", "probe", _temp.Root).Json.GetProperty("error").GetProperty("details").GetArrayLength());
        Cli.Run("apply", _temp.Root).RefusesWith(ExitCode.NotUnderstood, "lacks 3 of the ");

        // The version only words the message: a 6.12 that lacks them is not told to be newer.
        File.WriteAllText(_temp.PathOf("Makefile"), LiteralKernel.Named()["Makefile"]);
        Assert.DoesNotContain("5.10", Cli.Run("probe", _temp.Root).Messages, StringComparison.Ordinal);
    }

    /// <summary>A tree whose unpacking was interrupted is not an old kernel: 65 missing declarations say less than this.</summary>
    [Fact]
    public void A_tree_without_its_headers_is_incomplete()
    {
        LiteralKernel.Named().WriteTo(_temp.Root);
        Directory.Delete(_temp.PathOf("include"), recursive: true);
        var probe = Cli.Run("probe", _temp.Root);
        probe.RefusesWith(ExitCode.NotUnderstood, " headers that ksocket needs are not there, such as include/", "the tree is incomplete");
        Assert.DoesNotContain("declares no", probe.Messages, StringComparison.Ordinal);
    }

    /// <summary>git skips, with exit code 0, paths outside the folder it is started in.</summary>
    [Fact]
    public void A_patch_for_a_folder_of_a_repository_comes_with_the_command_that_applies_it()
    {
        var tree = _temp.PathOf("r/linux");
        LiteralKernel.Named().WriteTo(tree);
        Run.Git(_temp.PathOf("r"), "init", "-q");
        Run.Git(_temp.PathOf("r"), "add", "-f", ".");
        Run.Git(_temp.PathOf("r"), "commit", "-q", "-m", "base");
        var plan = Cli.Run("plan", "--patch", tree);
        File.WriteAllText(_temp.PathOf("patch"), plan.Answer);
        Run.Program("sh", _temp.Root, "-c", $"{plan.Messages.Split("apply the patch with: ")[1].Trim()} {_temp.PathOf("patch")}");
        Assert.Equal(ExitCode.Done, Cli.Run("status", tree).Exit);
        Assert.Equal(ExitCode.Done, Cli.Run("remove", tree).Exit);

        foreach (var name in (string[])[tree, $"{_temp.PathOf("r")}@HEAD:linux", tree + "@HEAD"])
        {
            Assert.Contains("am --directory=linux", Cli.Run("series", "--stdout", name).Messages, StringComparison.Ordinal);
            Assert.Contains("apply --directory=linux", Cli.Run("plan", "--patch", name).Messages, StringComparison.Ordinal);
        }

        var commit = Cli.Run("commit", "-b", "ksocket", tree);
        Assert.Equal(ExitCode.Done, commit.Exit);
        var files = Run.Git(_temp.PathOf("r"), "ls-tree", "-r", "--name-only", "ksocket");
        Assert.Contains("linux/drivers/ksocket/socket.c", files, StringComparison.Ordinal);
    }

    [Fact]
    public void A_series_with_CR_LF_comes_with_the_option_that_keeps_it()
    {
        LiteralKernel.Named().Edit("drivers/Kconfig", text => text.Replace("\n", "\r\n", StringComparison.Ordinal))
            .WriteTo(_temp.PathOf("r"));
        Run.Git(_temp.PathOf("r"), "init", "-q");
        Run.Git(_temp.PathOf("r"), "-c", "core.autocrlf=false", "add", "-f", ".");
        Run.Git(_temp.PathOf("r"), "commit", "-q", "-m", "base");
        var series = Cli.Run("series", "--parts", "driver", "-o", _temp.PathOf("out"), _temp.PathOf("r") + "@HEAD");
        Assert.Contains("git am --keep-cr", series.Messages, StringComparison.Ordinal);
        Run.Program("sh", _temp.PathOf("r"), "-c", $"git am -q --keep-cr {_temp.PathOf("out")}/*.patch");
        Assert.Equal(ExitCode.Done, Cli.Run("status", _temp.PathOf("r")).Exit);
    }
}

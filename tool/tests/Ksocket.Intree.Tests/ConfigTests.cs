// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>apply --config that fails: the error has the reason, and the tree is unchanged.</summary>
public sealed class ConfigTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Without_a_config_there_is_nothing_to_set() => Refused(null, ExitCode.InTheWay, "has no .config");

    [Theory]
    [InlineData("CONFIG_NET=y\n# CONFIG_INET is not set\n", "# CONFIG_INET is not set")]
    [InlineData("CONFIG_NET=y\n", "CONFIG_INET is missing")]
    public void The_dependency_that_blocks_it_is_named(string config, string why) => Refused(
        config,
        ExitCode.InTheWay,
        "needs CONFIG_INET=y",
        why);

    /// <summary>This tree has no kconfig, so setting the symbol fails after the files were written.</summary>
    [Fact]
    public void A_kconfig_that_fails_leaves_the_tree_as_it_was()
    {
        LiteralKernel.Named().With(".config", "CONFIG_INET=y\n").WriteTo(_temp.Root);
        var before = FolderDigest.Of(_temp.Root);
        Assert.Equal(ExitCode.Fatal, Cli.Run("apply", "--config", _temp.Root).Exit);
        Assert.Equal(before, FolderDigest.Of(_temp.Root));

        // A partially applied tree stays partially applied.
        Cli.Run("apply", _temp.Root);
        File.WriteAllText(_temp.PathOf("drivers/Makefile"), LiteralKernel.Named()["drivers/Makefile"]);
        var partial = FolderDigest.Of(_temp.Root);
        Assert.Equal(ExitCode.Fatal, Cli.Run("apply", "--config", _temp.Root).Exit);
        Assert.Equal(partial, FolderDigest.Of(_temp.Root));
    }

    /// <summary>As written by --config, then edited by the user.</summary>
    [Theory]
    [InlineData("CONFIG_KSOCKET=y\n", "# CONFIG_KSOCKET is not set\n", "")]
    [InlineData("CONFIG_KSOCKET=m\n", "CONFIG_KSOCKET=m\n", "kept 'CONFIG_KSOCKET=m'")]
    public void Remove_puts_the_line_back_unless_somebody_changed_it(string now, string after, string said)
    {
        LiteralKernel.Named().WriteTo(_temp.Root);
        Cli.Run("apply", _temp.Root);
        var state = File.ReadAllText(_temp.PathOf(".ksocket-intree"));
        const string line = """ { "before": "# CONFIG_KSOCKET is not set", "after": "CONFIG_KSOCKET=y" } """;
        var config = $"\"config\": {{ \"KSOCKET\": {line} }}";
        File.WriteAllText(_temp.PathOf(".ksocket-intree"), state.Replace("\"config\": {}", config, StringComparison.Ordinal));
        File.WriteAllText(_temp.PathOf(".config"), "CONFIG_INET=y\n" + now);

        var remove = Cli.Run("remove", _temp.Root);
        Assert.Equal(ExitCode.Done, remove.Exit);
        Assert.Contains(said, remove.Messages, StringComparison.Ordinal);
        Assert.Equal("CONFIG_INET=y\n" + after, File.ReadAllText(_temp.PathOf(".config")));
        Assert.False(File.Exists(_temp.PathOf(".ksocket-intree")));
    }

    /// <summary>All symbols are set by one run of kconfig, so that one that it drops leaves the others unset, too.</summary>
    [Theory]
    [InlineData("true", true)]
    [InlineData("sed -i /KMINE/d $(KCONFIG_CONFIG)", false)]
    public void The_symbols_of_all_drivers_are_set_or_none(string recipe, bool allSet)
    {
        WithKconfig(recipe);
        using var own = new TempFolder();
        Cli.Run("new", own.PathOf("kmine"));
        var before = FolderDigest.Of(_temp.Root);
        var apply = Cli.Run("apply", "--config", "--with", own.PathOf("kmine"), _temp.Root);
        if (allSet)
        {
            Assert.Equal(ExitCode.Done, apply.Exit);
            Assert.Contains(".config: CONFIG_KSOCKET=y", apply.Answer, StringComparison.Ordinal);
            Assert.Contains(".config: CONFIG_KMINE=y", apply.Answer, StringComparison.Ordinal);
            Assert.Equal("CONFIG_INET=y\nCONFIG_KSOCKET=y\nCONFIG_KMINE=y\n", File.ReadAllText(_temp.PathOf(".config")));
            Assert.Equal(ExitCode.Done, Cli.Run("remove", "--only", "--with", "kmine", _temp.Root).Exit);
            Assert.Equal("CONFIG_INET=y\nCONFIG_KSOCKET=y\n", File.ReadAllText(_temp.PathOf(".config")));
            Assert.Equal(ExitCode.Done, Cli.Run("remove", _temp.Root).Exit);
        }
        else
        {
            apply.RefusesWith(ExitCode.InTheWay, "the tree's kconfig drops CONFIG_KMINE=y");
        }

        Assert.Equal(before, FolderDigest.Of(_temp.Root));
    }

    /// <summary>The .config of an output folder keeps the lines until the last driver goes.</summary>
    [Fact]
    public void The_lines_of_two_drivers_in_an_output_folder_are_put_back()
    {
        WithKconfig("true");
        using var other = new TempFolder();
        var (own, config) = (other.PathOf("kmine"), other.PathOf("out/.config"));
        Cli.Run("new", own);
        Directory.CreateDirectory(other.PathOf("out"));
        File.WriteAllText(config, "CONFIG_INET=y\n# CONFIG_KMINE is not set\n");
        string[] output = ["-O", other.PathOf("out"), _temp.Root];
        var before = FolderDigest.Of(_temp.Root);
        Assert.Equal(ExitCode.Done, Cli.Run(["apply", "--config", "--with", own, .. output]).Exit);
        Assert.Contains("CONFIG_KMINE=y\n", File.ReadAllText(config), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, Cli.Run(["remove", "--only", "--with", "kmine", .. output]).Exit);
        Assert.Equal(ExitCode.Done, Cli.Run(["remove", .. output]).Exit);
        Assert.Equal("CONFIG_INET=y\n# CONFIG_KMINE is not set\n", File.ReadAllText(config));
        Assert.Equal(before, FolderDigest.Of(_temp.Root));
    }

    /// <summary>The driver came with git am, so that only the line is recorded; it stays as long as the driver.</summary>
    [Fact]
    public void Without_the_samples_the_line_of_the_driver_stays()
    {
        WithKconfig("true");
        Cli.Run("apply", "--parts", "all", _temp.Root);
        File.Delete(_temp.PathOf(".ksocket-intree"));
        Assert.Equal(ExitCode.Done, Cli.Run("apply", "--parts", "all", "--config", _temp.Root).Exit);
        Assert.Equal(ExitCode.Done, Cli.Run("remove", "--parts", "samples", _temp.Root).Exit);
        Assert.Equal("CONFIG_INET=y\nCONFIG_KSOCKET=y\n", File.ReadAllText(_temp.PathOf(".config")));
        Assert.Equal(ExitCode.Done, Cli.Run("remove", _temp.Root).Exit);
        Assert.Equal("CONFIG_INET=y\n", File.ReadAllText(_temp.PathOf(".config")));
        Assert.False(File.Exists(_temp.PathOf(".ksocket-intree")));
    }

    /// <summary>With -n in MAKEFLAGS make runs no recipe; with KBUILD_OUTPUT it looks for .config elsewhere.</summary>
    [Fact]
    public void What_the_user_exported_for_builds_does_not_reach_the_trees_kconfig()
    {
        WithKconfig("env >asked");
        Environment.SetEnvironmentVariable("MAKEFLAGS", "n");
        Environment.SetEnvironmentVariable("KBUILD_OUTPUT", "/nowhere");
        try
        {
            Assert.Equal(ExitCode.Done, Cli.Run("apply", "--config", _temp.Root).Exit);
        }
        finally
        {
            Environment.SetEnvironmentVariable("MAKEFLAGS", null);
            Environment.SetEnvironmentVariable("KBUILD_OUTPUT", null);
        }

        Assert.True(File.Exists(_temp.PathOf("asked")), "kconfig was not asked");
        Assert.DoesNotContain("/nowhere", File.ReadAllText(_temp.PathOf("asked")), StringComparison.Ordinal);
    }

    /// <summary>Its background process holds our pipe open.</summary>
    [Fact]
    public void A_script_that_leaves_a_process_behind_is_not_waited_for()
    {
        WithKconfig("sleep 300 & echo $$! >sleeper");
        Assert.Equal(ExitCode.Done, Cli.Run("apply", "--config", _temp.Root).Exit);
        Run.Program("kill", "/", File.ReadAllText(_temp.PathOf("sleeper")).Trim()); // fails if it is gone
    }

    /// <summary>A tree whose kconfig changes another symbol, too.</summary>
    private void WithKconfig(string recipe)
    {
        LiteralKernel.Named()
            .With(".config", "CONFIG_INET=y\n")
            .With("scripts/config", """
                #!/bin/sh
                file=$2
                while shift 2 && [ $# -gt 0 ]; do
                    sed -i "/CONFIG_$2[ =]/d" "$file"
                    echo "CONFIG_$2=y" >>"$file"
                done

                """)
            .Edit("Makefile", text => text + $"olddefconfig:\n\t@{recipe}\n")
            .WriteTo(_temp.Root);
        File.SetUnixFileMode(_temp.PathOf("scripts/config"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private void Refused(string? config, ExitCode exit, params ReadOnlySpan<string> words)
    {
        LiteralKernel.Named().WriteTo(_temp.Root);
        if (config is not null)
        {
            File.WriteAllText(_temp.PathOf(".config"), config);
        }

        var before = FolderDigest.Of(_temp.Root);
        Cli.Run("apply", "--config", _temp.Root).RefusesWith(exit, words);
        Assert.Equal(before, FolderDigest.Of(_temp.Root));
    }
}

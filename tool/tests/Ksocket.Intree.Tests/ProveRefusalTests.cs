// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Processes;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>Environment failures of prove are reported before the build, with a hint.</summary>
public sealed class ProveRefusalTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public ProveRefusalTests() => LiteralKernel.Named().WriteTo(_temp.PathOf("tree"));

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Without_QEMU_nothing_is_built_first()
    {
        var run = Prove(PathOf("make", "gcc", "flex", "bison", "bc", "cp"), "--arch", "x86_64", "--work", _temp.PathOf("work"));
        Says(
            run,
            ExitCode.Fatal,
            "error: to boot an x86-64 kernel, qemu-system-x86_64 is missing\n"
            + "hint: tool/emulator downloads it; or apt-get install qemu-system-x86\n");
        Assert.False(Directory.Exists(_temp.PathOf("work")));
    }

    [Fact]
    public void Without_a_cross_compiler_its_package_is_named() =>
        Says(
            Prove(PathOf("make", "gcc", "flex", "bison", "bc", "cp"), "--arch", "arm64"),
            ExitCode.Fatal,
            "error: to build a kernel for arm64, aarch64-linux-gnu-gcc is missing\n" +
            "hint: apt-get install gcc-aarch64-linux-gnu libc6-dev\n");

    [Fact]
    public void Without_tools_each_is_named_with_its_package() =>
        Says(
            Prove(PathOf("make", "gcc", "flex", "cp")),
            ExitCode.Fatal,
            "error: to build a kernel, bison, bc are missing\nhint: apt-get install bison bc libc6-dev\n");

    /// <summary>Also in a work folder that was used before: a lock that cannot be opened is not a held lock.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_work_folder_that_is_read_only_is_named_and_another_suggested(bool used)
    {
        Skip.UnlessRoot();
        Skip.Without("flex");
        using var disk = new TempFolder();
        Run.Program("mount", "/", "-t", "tmpfs", "tmpfs", disk.Root);
        try
        {
            if (used)
            {
                Prove(path: null, "--work", disk.Root); // goes as far as a literal tree does
                Assert.NotEmpty(Directory.GetFiles(disk.Root, "*.lock"));
            }

            Run.Program("mount", "/", "-o", "remount,ro", disk.Root);
            var run = Prove(path: null, "--work", disk.Root);
            Says(
                run,
                ExitCode.Fatal,
                $"error: {disk.Root}/6.12.107-",
                " is on a read-only file system\nhint: choose a writable folder: prove --work DIR\n");
        }
        finally
        {
            Run.Program("umount", "/", disk.Root);
        }
    }

    [Fact]
    public void A_work_folder_that_is_a_file_is_named_and_another_suggested()
    {
        Skip.Without("flex");
        File.WriteAllText(_temp.PathOf("file"), "");
        Says(
            Prove(path: null, "--work", _temp.PathOf("file")),
            ExitCode.Fatal,
            $"error: {_temp.PathOf("file")}/6.12.107-",
            "hint: choose a writable folder: prove --work DIR\n");
    }

    /// <summary>As with a cache that is full or not writable: gcc alone builds the kernel.</summary>
    [Fact]
    public void A_ccache_that_cannot_compile_is_left_out()
    {
        Skip.Without("flex");
        RefuseToConfigure();
        var folder = PathOf("ccache");
        File.SetUnixFileMode(Path.Combine(folder, "ccache"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Says(Prove($"{folder}:{Environment.GetEnvironmentVariable("PATH")}"), ExitCode.NotProven, "error: CC is cc here");
    }

    /// <summary>The result is printed even if the report file cannot be written.</summary>
    [Fact]
    public void A_report_that_cannot_be_written_does_not_cost_the_answer()
    {
        Skip.Without("flex");
        RefuseToConfigure();
        var run = Prove(path: null, "--json", "--junit", "/dev/full");
        Says(run, ExitCode.Fatal, "\"proven\": false", "error: CC is", "error: no space left on the disk of /dev/full");
        Assert.DoesNotContain("\"exit\"", run.Output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("soon")]
    public void A_timeout_is_a_number_of_seconds(string seconds)
    {
        var run = Cli.Run("prove", "--timeout", seconds, _temp.PathOf("tree"));
        Assert.Equal(ExitCode.Usage, run.Exit);
        Assert.Contains(seconds, run.Messages, StringComparison.Ordinal);
    }

    /// <summary>A fake kernel that prints its compiler.</summary>
    private void RefuseToConfigure() =>
        File.AppendAllText(_temp.PathOf("tree/Makefile"), "allnoconfig:\n\t@echo 'error: CC is $(CC) here'; exit 1\n");

    private static void Says(ChildResult run, ExitCode exit, params ReadOnlySpan<string> words)
    {
        Assert.True(run.ExitCode == (int)exit, $"{run.ExitCode}: {run.Output}");
        foreach (var word in words)
        {
            Assert.True(run.Output.ToString().Contains(word, StringComparison.Ordinal), $"no '{word}' in:\n{run.Output}");
        }
    }

    /// <summary>A folder with only programs of these names; none is run.</summary>
    private string PathOf(params ReadOnlySpan<string> programs)
    {
        var folder = Directory.CreateDirectory(_temp.PathOf("bin")).FullName;
        foreach (var program in programs)
        {
            File.WriteAllText(Path.Combine(folder, program), "#!/bin/sh\nexit 1\n");
        }

        return folder;
    }

    /// <summary>The program with an empty cache and, if given, this PATH.</summary>
    private ChildResult Prove(string? path, params string[] words)
    {
        var environment = new Dictionary<string, string?> { ["KSOCKET_INTREE_CACHE"] = _temp.PathOf("cache") };
        if (path is not null)
        {
            environment["PATH"] = path;
        }

        return new Child(
            RealKernels.Command,
            ["prove", .. words, _temp.PathOf("tree")])
        { Environment = environment, Limit = TimeSpan.FromSeconds(60) }.Run();
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>Trees with symbolic links: what is only read is read through them, and nothing is written through one.</summary>
public sealed class LinkedTreeTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly string _tree;

    public LinkedTreeTests()
    {
        _tree = _temp.PathOf("tree");
        LiteralKernel.Named().WriteTo(_tree);
    }

    public void Dispose() => _temp.Dispose();

    /// <summary>The usual way in Android trees: a checkout beside the tree, wired by hand.</summary>
    [Theory]
    [InlineData("relative")]
    [InlineData("absolute")]
    [InlineData("dangling")]
    public void The_drivers_folder_is_a_link_to_a_checkout(string how)
    {
        var before = FolderDigest.Of(_tree);
        var checkout = Directory.CreateDirectory(_temp.PathOf("checkout")).FullName;
        File.WriteAllText(Path.Combine(checkout, "Kconfig"), "config KSOCKET\n\tbool \"mine\"\n");
        File.WriteAllText(Path.Combine(checkout, "Makefile"), "obj-y += mine.o\n");
        Directory.CreateSymbolicLink(
            Path.Combine(_tree, "drivers/ksocket"),
            how switch { "relative" => "../../checkout", "absolute" => checkout, _ => "../../gone" });
        Wire();
        var wired = FolderDigest.Of(_temp.Root);

        var status = Cli.Run("status", _tree);
        Assert.Equal(ExitCode.InTheWay, status.Exit);
        Assert.StartsWith("foreign", status.Answer, StringComparison.Ordinal);
        Assert.Contains("drivers/ksocket  a symbolic link to ", status.Answer, StringComparison.Ordinal);
        Assert.Contains("drivers/Makefile:5", status.Answer, StringComparison.Ordinal);
        var line = Array.IndexOf(File.ReadAllLines(Path.Combine(_tree, "drivers/Kconfig")), "source \"drivers/ksocket/Kconfig\"") + 1;
        Assert.Contains($"drivers/Kconfig:{line} ", status.Answer, StringComparison.Ordinal);
        var plan = Cli.Run("plan", _tree);
        Assert.Equal(ExitCode.InTheWay, plan.Exit);
        Assert.Contains("drivers/ksocket", plan.Answer, StringComparison.Ordinal);
        Cli.Run("apply", _tree).RefusesWith(ExitCode.InTheWay, "remove --foreign");
        Assert.Equal(ExitCode.No, Cli.Run("remove", "--foreign", "--check", _tree).Exit);
        Assert.Equal(wired, FolderDigest.Of(_temp.Root));

        Assert.Equal(ExitCode.Done, Cli.Run("remove", "--foreign", _tree).Exit);
        Assert.NotNull(new FileInfo(Path.Combine(_tree, "drivers/ksocket")).LinkTarget);
        Assert.Equal(ExitCode.Done, Cli.Run("remove", "--foreign", "--delete-files", _tree).Exit);
        Assert.Null(new FileInfo(Path.Combine(_tree, "drivers/ksocket")).LinkTarget);
        Assert.Equal(["Kconfig", "Makefile"], Directory.EnumerateFiles(checkout).Select(Path.GetFileName).Order());
        Assert.Equal(before, FolderDigest.Of(_tree));
        Assert.Equal(ExitCode.Done, Cli.Run("apply", _tree).Exit);
    }

    /// <summary>A header, or the top Makefile, is a link to a file that is there.</summary>
    [Theory]
    [InlineData("include/net/sock.h")]
    [InlineData("Makefile")]
    [InlineData("Kconfig")]
    [InlineData("lib/Kconfig.debug")]
    [InlineData("drivers/amba/Kconfig")]
    public void A_file_that_is_only_read_is_a_link(string path)
    {
        var place = Path.Combine(_tree, path);
        File.Move(place, place + ".shared");
        File.CreateSymbolicLink(place, Path.GetFileName(place) + ".shared");
        var before = FolderDigest.Of(_tree);
        Assert.Equal(ExitCode.Done, Cli.Run("probe", _tree).Exit);
        Assert.Equal(ExitCode.Done, Cli.Run("apply", "--parts", "all", _tree).Exit);
        Assert.Equal(ExitCode.Done, Cli.Run("status", _tree).Exit);
        Assert.Equal(ExitCode.Done, Cli.Run("remove", _tree).Exit);
        Assert.Equal(before, FolderDigest.Of(_tree));
    }

    [Theory]
    [InlineData("include/net/sock.h", "probe")]
    [InlineData("include/net/ip.h", "probe")]
    [InlineData("Makefile", "probe")]
    [InlineData("drivers/Makefile", "probe")]
    [InlineData("drivers/amba/Kconfig", "apply")]
    public void A_link_that_leads_nowhere_is_named(string path, string verb)
    {
        File.Delete(Path.Combine(_tree, path));
        File.CreateSymbolicLink(Path.Combine(_tree, path), "/nowhere/file");
        Cli.Run(verb, _tree).RefusesWith(ExitCode.NotUnderstood, $"{path} is a link to /nowhere/file, which is not there");
    }

    /// <summary>Read through, and refused where it would be written; the hint makes it a file.</summary>
    [Theory]
    [InlineData("drivers/Kconfig")]
    [InlineData("drivers/Makefile")]
    public void A_file_that_gets_our_line_is_a_link(string path)
    {
        var place = Path.Combine(_tree, path);
        File.Move(place, place + ".shared");
        File.CreateSymbolicLink(place, Path.GetFileName(place) + ".shared");
        Assert.StartsWith("absent", Cli.Run("status", _tree).Answer, StringComparison.Ordinal);
        var before = FolderDigest.Of(_tree);
        var apply = Cli.Run("apply", _tree);
        apply.RefusesWith(ExitCode.InTheWay, $"{path} is a symbolic link to");
        Assert.Equal(before, FolderDigest.Of(_tree));

        Run.Program("sh", _tree, "-c", CommandIn(apply, "copy of the file: "));
        Assert.Equal(ExitCode.Done, Cli.Run("apply", _tree).Exit);
    }

    /// <summary>A folder that gets a file of ours leads elsewhere: status reads through it, apply refuses.</summary>
    [Fact]
    public void A_folder_of_the_kernel_is_a_link()
    {
        Directory.Move(Path.Combine(_tree, "include"), _temp.PathOf("include"));
        Directory.CreateSymbolicLink(Path.Combine(_tree, "include"), "../include");
        Assert.Equal(ExitCode.Done, Cli.Run("probe", _tree).Exit);
        var before = FolderDigest.Of(_temp.Root);
        var apply = Cli.Run("apply", _tree);
        apply.RefusesWith(ExitCode.InTheWay, "include is a symbolic link to ../include");
        Assert.Equal(before, FolderDigest.Of(_temp.Root));
        Run.Program("sh", _tree, "-c", CommandIn(apply, "copy of it: "));
        Assert.Equal(ExitCode.Done, Cli.Run("apply", _tree).Exit);
    }

    /// <summary>A tree wired through a link afterwards: remove writes nothing through it.</summary>
    [Fact]
    public void Remove_writes_through_no_link()
    {
        Assert.Equal(ExitCode.Done, Cli.Run("apply", _tree).Exit);
        var place = Path.Combine(_tree, "drivers/Kconfig");
        File.Move(place, place + ".shared");
        File.CreateSymbolicLink(place, "Kconfig.shared");
        var before = FolderDigest.Of(_tree);
        Assert.Equal(ExitCode.Done, Cli.Run("status", _tree).Exit);
        Cli.Run("remove", _tree).RefusesWith(ExitCode.InTheWay, "drivers/Kconfig is a symbolic link");
        Cli.Run("refresh", _tree).RefusesWith(ExitCode.InTheWay, "drivers/Kconfig is a symbolic link");
        Assert.Equal(before, FolderDigest.Of(_tree));
    }

    /// <summary>The command that ends the line of the hint.</summary>
    private static string CommandIn(Cli run, string after) => run.Messages.Split(after)[1].Split('\n')[0];

    private void Wire()
    {
        File.AppendAllText(Path.Combine(_tree, "drivers/Makefile"), "obj-$(CONFIG_KSOCKET) += ksocket/\n");
        var kconfig = Path.Combine(_tree, "drivers/Kconfig");
        const string wired = "source \"drivers/ksocket/Kconfig\"\nendmenu";
        File.WriteAllText(kconfig, File.ReadAllText(kconfig).Replace("endmenu", wired, StringComparison.Ordinal));
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>Trees in which something must not be followed, opened, overlooked or deleted.</summary>
public sealed class HostileTreeTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly string _tree;

    public HostileTreeTests()
    {
        _tree = _temp.PathOf("tree");
        LiteralKernel.Named().WriteTo(_tree);
    }

    public void Dispose() => _temp.Dispose();

    /// <summary>
    /// A state file may be anybody's: what it names is deleted only where a release of ours writes, and never through a link.
    /// </summary>
    [Theory]
    [InlineData("drivers/ksocket/link/victim", (int)ExitCode.InTheWay)]
    [InlineData("link/victim", (int)ExitCode.NotUnderstood)]
    [InlineData("lib/Kconfig.debug", (int)ExitCode.NotUnderstood)]
    [InlineData("include/net/sock.h", (int)ExitCode.NotUnderstood)]
    public void Refresh_deletes_no_file_that_a_state_file_names(string named, int exit)
    {
        Assert.Equal(ExitCode.Done, Cli.Run("apply", _tree).Exit);
        var outside = Directory.CreateDirectory(_temp.PathOf("outside")).FullName;
        File.WriteAllText(Path.Combine(outside, "victim"), "theirs\n");
        Directory.CreateSymbolicLink(Path.Combine(_tree, "link"), outside);
        Directory.CreateSymbolicLink(Path.Combine(_tree, "drivers/ksocket/link"), outside);
        var state = Path.Combine(_tree, ".ksocket-intree");
        var hash = StateFile.HashOf(new ByteString(File.ReadAllBytes(Path.Combine(_tree, named))));
        File.WriteAllText(
            state,
            File.ReadAllText(state).Replace("\"files\": {", $"\"files\": {{\n    \"{named}\": \"{hash}\",", StringComparison.Ordinal));
        var before = FolderDigest.Of(_temp.Root);
        Cli.Run("refresh", _tree)
            .RefusesWith((ExitCode)exit, named.StartsWith("drivers", StringComparison.Ordinal) ? "symbolic link" : named);
        Assert.Equal(before, FolderDigest.Of(_temp.Root));
    }

    /// <summary>Decoded as UTF-8 the name did not exist: remove left the file, and said that all was out.</summary>
    [Fact]
    public void A_file_whose_name_is_not_UTF_8_is_seen_beside_ours()
    {
        Assert.Equal(ExitCode.Done, Cli.Run("apply", _tree).Exit);
        Run.Program("sh", _tree, "-c", "printf 'mine\\n' >\"drivers/ksocket/$(printf 'caf\\351.c')\"");
        var before = Names();
        Assert.Contains(@"drivers/ksocket/caf\xe9.c", Cli.Run("status", _tree).Answer, StringComparison.Ordinal);
        Cli.Run("remove", _tree).RefusesWith(ExitCode.InTheWay, @"drivers/ksocket/caf\xe9.c");
        Assert.Equal(before, Names());
    }

    /// <summary>Whoever opens a FIFO to read waits for a writer: each of these once never ended.</summary>
    [Theory]
    [InlineData("drivers/ksocket", (int)ExitCode.InTheWay)]
    [InlineData("drivers/ksocket/socket.c", (int)ExitCode.InTheWay)]
    [InlineData("drivers/Kconfig", (int)ExitCode.No)]
    [InlineData("include/net/sock.h", (int)ExitCode.No)]
    [InlineData(".ksocket-intree", (int)ExitCode.No)]
    public void A_FIFO_is_not_opened(string path, int status)
    {
        var place = Path.Combine(_tree, path);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        File.Delete(place);
        Run.Program("mkfifo", _tree, path);
        Assert.Equal((ExitCode)status, Cli.Run("status", _tree).Exit);
        Assert.NotEqual(ExitCode.Fatal, Cli.Run("remove", _tree).Exit);
        var applied = Cli.Run("apply", _tree);
        Assert.True(applied.Exit is ExitCode.InTheWay or ExitCode.NotUnderstood, $"{applied.Exit}: {applied.Messages}");
        Assert.Contains(path == ".ksocket-intree" ? "" : path, applied.Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void A_FIFO_in_place_of_the_Makefile_is_no_kernel_tree()
    {
        File.Delete(Path.Combine(_tree, "Makefile"));
        Run.Program("mkfifo", _tree, "Makefile");
        Cli.Run("probe", _tree).RefusesWith(ExitCode.NotUnderstood, "is not a Linux source tree");
    }

    [Fact]
    public void Modes_and_bytes_that_are_not_UTF_8_survive_apply_and_remove()
    {
        Run.Program("chmod", _tree, "755", "drivers/Kconfig");
        File.AppendAllBytes(Path.Combine(_tree, "drivers/Makefile"), [(byte)'#', (byte)' ', 0xe9, 0xff, (byte)'\n']);
        var before = FolderDigest.Of(_tree);
        Assert.Equal(ExitCode.Done, Cli.Run("apply", "--parts", "all", _tree).Exit);
        Assert.True((File.GetUnixFileMode(Path.Combine(_tree, "drivers/Kconfig")) & UnixFileMode.UserExecute) != 0);
        Assert.Equal(ExitCode.Done, Cli.Run("remove", _tree).Exit);
        Assert.Equal(before, FolderDigest.Of(_tree));
    }

    private string Names() => Run.Program("sh", _tree, "-c", "find . -printf '%P %m %s\\n' | LC_ALL=C sort | od -c | sha256sum");
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Files.Tests;

public sealed class FolderWriterTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly FolderTree _tree;

    public FolderWriterTests()
    {
        LiteralKernel.Named().WriteTo(_temp.Root);
        _tree = FolderTree.Open(_temp.Root);
    }

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void There_and_back_restores_every_byte_mode_and_name()
    {
        File.SetUnixFileMode(_temp.PathOf("drivers/Makefile"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var before = FolderDigest.Of(_temp.Root);

        Apply();
        Assert.NotEqual(before, FolderDigest.Of(_temp.Root));
        FolderWriter.Write(_tree, Remover.Plan(_tree, DriverSource.Bundled, parts: null).WithState(_tree, out _));

        Assert.Equal(before, FolderDigest.Of(_temp.Root));
    }

    [Fact]
    public void A_second_apply_changes_no_time()
    {
        Apply();
        var times = Times();
        Apply();
        Assert.Equal(times, Times());
    }

    /// <summary>A tree cloned with cp -al shares its files with the tree it came from.</summary>
    [Fact]
    public void A_hard_linked_original_keeps_its_bytes()
    {
        using var clone = new TempFolder();
        Run.Program("cp", "/", "-al", _temp.Root + "/.", clone.Root);
        var original = FolderDigest.Of(_temp.Root);
        var tree = FolderTree.Open(clone.Root);
        FolderWriter.Write(tree, Planner.Plan(tree, DriverSource.Bundled, Parts.All).Changes);
        Assert.Equal(original, FolderDigest.Of(_temp.Root));
    }

    [Fact]
    public void A_file_somebody_wrote_in_the_meantime_is_not_lost()
    {
        var plan = Planner.Plan(_tree, DriverSource.Bundled, Parts.Default);
        File.AppendAllText(_temp.PathOf("drivers/Makefile"), "obj-y += theirs/\n");
        var before = FolderDigest.Of(_temp.Root);
        var failure = Assert.Throws<IntreeFailure>(() => FolderWriter.Write(_tree, plan.Changes));
        Assert.Equal(FailureKind.InTheWay, failure.Kind);
        Assert.Equal(before, FolderDigest.Of(_temp.Root));
    }

    /// <summary>The last change fails; all others are undone.</summary>
    [Fact]
    public void A_failure_half_way_leaves_the_tree_as_it_was()
    {
        var before = FolderDigest.Of(_temp.Root);
        ImmutableArray<FileChange> changes =
        [
            new("drivers/ksocket/a.c", null, "\x1".File()),
            new("drivers/Makefile", _tree.TryReadFile("drivers/Makefile"), "\x2".File()),
            new("Makefile/impossible", null, "\x3".File()),
        ];
        Assert.Equal(FailureKind.Fatal, Assert.Throws<IntreeFailure>(() => FolderWriter.Write(_tree, changes)).Kind);
        Assert.Equal(before, FolderDigest.Of(_temp.Root));
    }

    [Fact]
    public void A_full_disk_leaves_the_tree_as_it_was()
    {
        Skip.UnlessRoot();
        using var disk = new TempFolder();
        Run.Program("mount", "/", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk.Root);
        try
        {
            LiteralKernel.Named().WriteTo(disk.Root);
            Fill(disk.PathOf("ballast"), leave: 40 * 1024);
            var before = FolderDigest.Of(disk.Root);
            using var tree = FolderTree.Open(disk.Root);
            var failure = Assert.Throws<IntreeFailure>(
                () => FolderWriter.Write(tree, Planner.Plan(tree, DriverSource.Bundled, Parts.All).WithState(tree, DriverSource.Bundled)));
            Assert.Equal(FailureKind.Fatal, failure.Kind);
            Assert.NotNull(failure.Hint);
            Assert.Contains("no space left", failure.Message, StringComparison.Ordinal);
            Assert.Equal(before, FolderDigest.Of(disk.Root));
        }
        finally
        {
            Run.Program("umount", "/", disk.Root);
        }
    }

    [Fact]
    public void A_read_only_tree_is_named()
    {
        Skip.UnlessRoot();
        Run.Program("mount", "/", "--bind", _temp.Root, _temp.Root);
        try
        {
            Run.Program("mount", "/", "-o", "remount,bind,ro", _temp.Root);
            _tree.Dispose(); // the mount is inside it
            var before = FolderDigest.Of(_temp.Root);
            var failure = Assert.Throws<IntreeFailure>(Apply);
            Assert.Equal(before, FolderDigest.Of(_temp.Root));
            Assert.Equal(FailureKind.Fatal, failure.Kind);
            Assert.NotNull(failure.Hint);
            Assert.Contains("read-only", failure.Message, StringComparison.Ordinal);
        }
        finally
        {
            _tree.Dispose();
            Run.Program("umount", "/", _temp.Root);
        }
    }

    [Theory]
    [InlineData("drivers/ksocket", true)]
    [InlineData("drivers", true)]
    [InlineData("drivers/Kconfig", false)]
    [InlineData("drivers/Makefile", false)]
    [InlineData("include/net/ksocket.h", false)]
    public void Nothing_is_written_through_a_link(string path, bool folder)
    {
        using var outside = new TempFolder();
        var real = outside.PathOf("real");
        var link = _temp.PathOf(path);
        if (Path.Exists(link))
        {
            Directory.Move(link, real);
        }
        else if (folder)
        {
            Directory.CreateDirectory(real);
        }
        else
        {
            File.WriteAllText(real, "theirs\n");
        }

        File.CreateSymbolicLink(link, real);
        var (before, beforeOutside) = (FolderDigest.Of(_temp.Root), FolderDigest.Of(outside.Root));
        var failure = Assert.Throws<IntreeFailure>(Apply);
        Assert.Equal(FailureKind.InTheWay, failure.Kind);
        Assert.Contains("a symbolic link to ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
        Assert.Equal((before, beforeOutside), (FolderDigest.Of(_temp.Root), FolderDigest.Of(outside.Root)));
    }

    [Fact]
    public void A_link_by_the_name_of_our_staging_file_is_not_written_through()
    {
        using var outside = new TempFolder();
        File.WriteAllText(outside.PathOf("precious"), "theirs\n");
        File.CreateSymbolicLink(_temp.PathOf("drivers/.Makefile.ksocket-intree.tmp"), outside.PathOf("precious"));
        Apply();
        Assert.Equal("theirs\n", File.ReadAllText(outside.PathOf("precious")));
        Assert.Null(new FileInfo(_temp.PathOf("drivers/Makefile")).LinkTarget);
    }

    private void Apply() =>
        FolderWriter.Write(_tree, Planner.Plan(_tree, DriverSource.Bundled, Parts.All).WithState(_tree, DriverSource.Bundled));

    private List<DateTime> Times() =>
        [
            .. new DirectoryInfo(_temp.Root)
                .EnumerateFileSystemInfos("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
                .OrderBy(entry => entry.FullName, StringComparer.Ordinal)
                .Select(entry => entry.LastWriteTimeUtc),
        ];

    private static void Fill(string path, int leave)
    {
        var free = (int)new DriveInfo(Path.GetDirectoryName(path)!).AvailableFreeSpace;
        File.WriteAllBytes(path, new byte[free - leave]);
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Files;
using Ksocket.Intree.Proof.Copying;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Proof.Tests;

public sealed class SourceCopyTests : IDisposable
{
    private static readonly DateTime LongAgo = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly TempFolder _temp = new();

    private int _forgotten;

    public SourceCopyTests()
    {
        LiteralKernel.Named()
            .With(".config", "CONFIG_X=y\n")
            .With("arch/um/Makefile", "")
            .With("kernel/fork.o", "object")
            .With("kernel/fork.c", "one\n")
            .With("kernel/exit.c", "exit\n")
            .WriteTo(_temp.PathOf("real"));
        File.CreateSymbolicLink(_temp.PathOf("real/kernel/link.h"), "fork.c");
        File.CreateSymbolicLink(_temp.PathOf("linux"), _temp.PathOf("real"));
    }

    public void Dispose() => _temp.Dispose();

    /// <summary>/usr/src/linux often is a link; cleaning the copy must never reach what it leads to.</summary>
    [Fact]
    public void A_tree_reached_through_a_link_keeps_every_byte()
    {
        var before = FolderDigest.Of(_temp.PathOf("real"));
        Assert.False(Update());
        Assert.True(Update(Driver()));
        Assert.Equal(before, FolderDigest.Of(_temp.PathOf("real")));
        Assert.False(File.Exists(Copy(".config")));
        Assert.False(File.Exists(Copy("kernel/fork.o")));
        Assert.Equal("one\n", File.ReadAllText(Copy("kernel/link.h")));
        Assert.True(File.Exists(Copy("drivers/ksocket/socket.c")));
    }

    /// <summary>make looks at times alone; a release unpacked over another brings files older than our objects.</summary>
    [Fact]
    public void A_file_replaced_by_an_older_one_is_new_in_the_copy()
    {
        Update();
        var begun = DateTime.UtcNow - TimeSpan.FromSeconds(1);
        File.Delete(_temp.PathOf("real/kernel/fork.c"));
        File.WriteAllText(_temp.PathOf("real/kernel/fork.c"), "two\n");
        File.SetLastWriteTimeUtc(_temp.PathOf("real/kernel/fork.c"), LongAgo);
        Assert.True(Update());
        Assert.Equal("two\n", File.ReadAllText(Copy("kernel/fork.c")));
        Assert.True(File.GetLastWriteTimeUtc(Copy("kernel/fork.c")) > begun);
        Assert.Equal(LongAgo, File.GetLastWriteTimeUtc(_temp.PathOf("real/kernel/fork.c")));
    }

    [Fact]
    public void What_went_from_the_tree_goes_from_the_copy()
    {
        Update(Driver());
        File.Delete(_temp.PathOf("real/kernel/exit.c"));
        Update();
        Assert.False(File.Exists(Copy("kernel/exit.c")));
        Assert.False(File.Exists(Copy("drivers/ksocket/socket.c")));
    }

    [Fact]
    public void The_same_sources_at_another_place_leave_the_copy_alone()
    {
        Update(Driver());
        var times = Times();
        Run.Program("cp", "/", "-r", _temp.PathOf("real"), _temp.PathOf("other"));
        var other = FolderTree.Open(_temp.PathOf("other"));
        Assert.True(new SourceCopy(other, _temp.PathOf("work/source"), _temp.PathOf("work/list"), Forget).Update(Driver()));
        Assert.Equal(
            times.Where(time => time.Path.EndsWith("fork.c", StringComparison.Ordinal)),
            Times().Where(time => time.Path.EndsWith("fork.c", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_second_look_writes_nothing()
    {
        Update(Driver());
        var times = Times();
        Update(Driver());
        Assert.Equal(times, Times());
    }

    /// <summary>Half a series is built after the whole one: nothing of the rest may still be wired in.</summary>
    [Fact]
    public void What_is_no_longer_put_over_the_tree_is_as_the_tree_has_it()
    {
        Update();
        var before = File.ReadAllText(Copy("drivers/Kconfig"));
        Update(Driver());
        Assert.NotEqual(before, File.ReadAllText(Copy("drivers/Kconfig")));
        Update();
        Assert.Equal(before, File.ReadAllText(Copy("drivers/Kconfig")));
        Assert.False(File.Exists(Copy("include/net/ksocket.h")));
    }

    [Fact]
    public void A_copy_that_was_cut_off_is_made_anew()
    {
        Update();
        File.WriteAllText(_temp.PathOf("work/list"), File.ReadAllText(_temp.PathOf("work/list"))[..^10]);
        Assert.False(Update());
    }

    /// <summary>Editors and rsync --inplace write into a file as it stands, here or in another tree that shares it by a link.</summary>
    [Fact]
    public void A_file_edited_in_place_is_new_in_the_copy_and_nothing_of_the_tree_is_linked()
    {
        Update();
        Run.Program("cp", "/", "-al", _temp.PathOf("real"), _temp.PathOf("sister"));
        var (sister, real) = (_temp.PathOf("sister/kernel/exit.c"), _temp.PathOf("real/kernel/exit.c"));
        Run.Program("sh", "/", "-c", $"echo edit >>{sister}; touch -d 2020-01-01 {real}");
        Assert.Equal("exit\n", File.ReadAllText(Copy("kernel/exit.c")));
        var begun = DateTime.UtcNow - TimeSpan.FromSeconds(1);
        Update();
        Assert.Equal("exit\nedit\n", File.ReadAllText(Copy("kernel/exit.c")));
        Assert.True(File.GetLastWriteTimeUtc(Copy("kernel/exit.c")) > begun);
    }

    /// <summary>As files of an archive with clamped times are.</summary>
    [Fact]
    public void A_file_replaced_by_one_of_equal_size_and_time_is_seen()
    {
        var file = _temp.PathOf("real/kernel/fork.c");
        File.SetLastWriteTimeUtc(file, LongAgo);
        Update();
        File.WriteAllText(file + ".new", "two\n");
        File.SetLastWriteTimeUtc(file + ".new", LongAgo);
        File.Move(file + ".new", file, overwrite: true);
        Update();
        Assert.Equal("two\n", File.ReadAllText(Copy("kernel/fork.c")));
    }

    [Fact]
    public void A_folder_that_becomes_a_file_or_a_link_and_back_is_followed()
    {
        Update();
        Directory.Delete(_temp.PathOf("real/kernel"), recursive: true);
        File.WriteAllText(_temp.PathOf("real/kernel"), "a file\n");
        Update();
        Assert.Equal("a file\n", File.ReadAllText(Copy("kernel")));
        File.Delete(_temp.PathOf("real/kernel"));
        File.CreateSymbolicLink(_temp.PathOf("real/kernel"), "arch");
        Update();
        Assert.Equal("arch", new FileInfo(Copy("kernel")).LinkTarget);
        File.Delete(_temp.PathOf("real/kernel"));
        Directory.CreateDirectory(_temp.PathOf("real/kernel"));
        File.WriteAllText(_temp.PathOf("real/kernel/fork.c"), "back\n");
        Update();
        Assert.Equal("back\n", File.ReadAllText(Copy("kernel/fork.c")));
        Assert.False(File.Exists(_temp.PathOf("real/arch/fork.c")));
    }

    /// <summary>The run that brought "broken" died before its end, and the user put the file back as it was, time and all.</summary>
    [Fact]
    public void A_run_that_was_interrupted_leaves_no_wrong_record()
    {
        Update();
        File.Move(_temp.PathOf("real/kernel/exit.c"), _temp.PathOf("kept"));
        File.WriteAllText(_temp.PathOf("real/kernel/exit.c"), "broken\n");
        Directory.CreateDirectory(Copy("kernel/exit.c.new")); // where the new file would be written first
        Assert.Throws<IntreeFailure>(() => Update());
        Directory.Delete(Copy("kernel/exit.c.new"));
        File.WriteAllText(Copy("kernel/exit.c"), "broken\n");
        File.Move(_temp.PathOf("kept"), _temp.PathOf("real/kernel/exit.c"), overwrite: true);
        Update();
        Assert.Equal("exit\n", File.ReadAllText(Copy("kernel/exit.c")));
    }

    [Fact]
    public void What_was_built_from_a_copy_goes_before_a_new_one_is_made()
    {
        Update();
        Assert.Equal(1, _forgotten);
        Update();
        Assert.Equal(1, _forgotten);
        File.Delete(_temp.PathOf("work/list"));
        Update();
        Assert.Equal(2, _forgotten);
    }

    /// <summary>Opening one waits for a writer that never comes.</summary>
    [Fact]
    public void A_special_file_is_refused_at_once_and_named()
    {
        Run.Program("mkfifo", "/", _temp.PathOf("real/kernel/pipe"));
        var failure = Assert.Throws<IntreeFailure>(() => Update());
        Assert.Equal(FailureKind.NotUnderstood, failure.Kind);
        Assert.Contains("real/kernel/pipe is a FIFO", failure.Message, StringComparison.Ordinal);
        Assert.NotNull(failure.Hint);
        Assert.False(Directory.Exists(_temp.PathOf("work/source")));
    }

    /// <summary>And nothing is compiled again for it.</summary>
    [Fact]
    public void A_mode_that_changed_alone_reaches_the_copy()
    {
        Update();
        var written = File.GetLastWriteTimeUtc(Copy("kernel/exit.c"));
        File.SetUnixFileMode(_temp.PathOf("real/kernel/exit.c"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Update();
        Assert.True(File.GetUnixFileMode(Copy("kernel/exit.c")).HasFlag(UnixFileMode.UserExecute));
        Assert.Equal(written, File.GetLastWriteTimeUtc(Copy("kernel/exit.c")));
    }

    [Fact]
    public void A_file_that_is_executable_is_so_in_a_new_copy()
    {
        File.SetUnixFileMode(_temp.PathOf("real/kernel/exit.c"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Update();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserExecute, File.GetUnixFileMode(Copy("kernel/exit.c")));
    }

    /// <summary>A tree's names are bytes; the script prints them as such.</summary>
    [Fact]
    public void Names_that_are_not_UTF_8_are_copied_followed_and_deleted_as_they_are()
    {
        InReal("""mkdir "$(printf 'o\366')"; echo one >"$(printf 'o\366/\377.c')"; ln -s "$(printf '\377.c')" "$(printf 'o\366/link')" """);
        Assert.False(Update());
        SameAsReal();
        Assert.True(Update());
        InReal("echo two >\"$(printf 'o\\366/\\377.c')\"");
        Update();
        SameAsReal();
        InReal("rm \"$(printf 'o\\366/\\377.c')\"");
        Update();
        SameAsReal();
    }

    /// <summary>A kernel takes a minute to copy: what is done is said at once, and how far it is.</summary>
    [Fact]
    public void A_new_copy_tells_at_once_how_far_it_is_and_a_kept_one_says_nothing()
    {
        var notes = new List<string>();
        Update(progress: notes.Add);
        Assert.Equal("listing the source files of the tree", notes[0]);
        Assert.Matches(@"^1 of \d+ files copied$", notes[1]);
        notes.Clear();
        Update(progress: notes.Add);
        Assert.Empty(notes);
    }

    [Fact]
    public void A_work_folder_inside_the_tree_is_refused()
    {
        var tree = FolderTree.Open(_temp.PathOf("linux"));
        var request = new ProofRequest(tree, Form.BuiltIn, _temp.PathOf("real/work"));
        var failure = Assert.Throws<IntreeFailure>(
            () => Prover.Run(request, new StepRecorder(), TestContext.Current.CancellationToken).ToList());
        Assert.Equal(FailureKind.InTheWay, failure.Kind);
    }

    private void Forget() => _forgotten++;

    private void InReal(string script) => Run.Program("sh", _temp.PathOf("real"), "-c", script);

    private void SameAsReal() =>
        Run.Program("diff", "/", "-r", "--no-dereference", "-x", ".config", "-x", "*.o", _temp.PathOf("real"), _temp.PathOf("work/source"));

    private bool Update(ImmutableArray<FileChange>? ours = null, Action<string>? progress = null) =>
        new SourceCopy(FolderTree.Open(_temp.PathOf("linux")), _temp.PathOf("work/source"), _temp.PathOf("work/list"), Forget)
            .Update(ours ?? [], progress);

    private ImmutableArray<FileChange> Driver() =>
        Planner.Plan(FolderTree.Open(_temp.PathOf("linux")), DriverSource.Bundled, Parts.All).Changes;

    private string Copy(string path) => _temp.PathOf($"work/source/{path}");

    private List<(string Path, DateTime Time)> Times() =>
        [
            .. Directory.EnumerateFiles(_temp.PathOf("work/source"), "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(file => (file, File.GetLastWriteTimeUtc(file))),
        ];
}

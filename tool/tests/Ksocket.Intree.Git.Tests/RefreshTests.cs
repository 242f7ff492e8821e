// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Files;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Git.Tests;

/// <summary>The older release is this one with a few changed lines; git does the merge.</summary>
public sealed class RefreshTests : IDisposable
{
    private static readonly TreePath Socket = "drivers/ksocket/socket.c";

    private readonly TempFolder _temp = new();
    private readonly FolderTree _tree;

    public RefreshTests()
    {
        LiteralKernel.Named().WriteTo(_temp.Root);
        _tree = FolderTree.Open(_temp.Root);
        var older = BundledDriver.Of(
            from path in Directory.EnumerateFiles(Repository.PathOf("drivers-ksocket"), "*", SearchOption.AllDirectories)
                .Append(Repository.PathOf("Kconfig"))
            let name = Path.GetRelativePath(Repository.Root, path)
            let added = name == "drivers-ksocket/socket.c" ? "/* the older release */\n" : ""
            select KeyValuePair.Create(new TreePath(name), (added + File.ReadAllText(path)).Bytes()));
        FolderWriter.Write(_tree, [.. Planner.Plan(_tree, older, Parts.Default).WithState(_tree, older)]);
    }

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void An_older_release_becomes_this_one()
    {
        Refresh();
        Assert.Equal(PlanState.Present, Inspector.Inspect(_tree, DriverSource.Bundled).State);
        Assert.True(Refresher.Plan(_tree, DriverSource.Bundled, MergeFile.Run).IsDone);
    }

    [Fact]
    public void Edits_are_merged_and_edits_of_what_stays_are_kept()
    {
        Edit(Socket, text => text + "/* mine */\n");
        Edit("drivers/ksocket/mark.c", text => text + "/* mine too */\n");
        var plan = Refresh();
        Assert.Equal([Socket], plan.Merged);
        Assert.Equal(["drivers/ksocket/mark.c"], plan.Kept.Select(path => path.ToString()));
        var merged = _tree.TryReadText(Socket)!;
        Assert.DoesNotContain("older release", merged, StringComparison.Ordinal);
        Assert.EndsWith("/* mine */\n", merged, StringComparison.Ordinal);

        // The merged file is an edit of this release: the next refresh has nothing to do.
        Assert.True(Refresher.Plan(_tree, DriverSource.Bundled, MergeFile.Run).IsDone);
    }

    [Fact]
    public void One_conflict_stops_it_all()
    {
        Edit(Socket, text => text.Replace("the older release", "my release", StringComparison.Ordinal));
        Edit("drivers/Makefile", text => "# moved\n" + text);
        var before = FolderDigest.Of(_temp.Root);
        var failure = Assert.Throws<IntreeFailure>(Refresh);
        Assert.Equal(FailureKind.InTheWay, failure.Kind);
        Assert.Contains("drivers/ksocket/socket.c", failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, FolderDigest.Of(_temp.Root));
    }

    [Fact]
    public void The_wiring_moves_to_where_the_tree_wants_it_now()
    {
        Edit("drivers/Makefile", text => text + "obj-y += late/\n");
        Refresh();
        Assert.EndsWith(
            "obj-y += late/\nobj-$(CONFIG_KSOCKET)\t\t+= ksocket/\n",
            _tree.TryReadText("drivers/Makefile")!,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_record_an_edit_looks_like_an_older_release()
    {
        File.Delete(_temp.PathOf(".ksocket-intree"));
        Assert.Contains(
            "no record of what was written there before",
            Assert.Throws<IntreeFailure>(Refresh).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Drift_is_shown_line_by_line()
    {
        var drift = Assert.Single(Drift.In(_tree, DriverSource.Bundled, Inspector.Inspect(_tree, DriverSource.Bundled), features: null));
        Assert.Equal(Socket, drift.Path);
        Assert.Equal(new DriftLine('+', "/* the older release */"), Assert.Single(drift.Lines, line => line.Sign is '+' or '-'));
    }

    private RefreshPlan Refresh()
    {
        var plan = Refresher.Plan(_tree, DriverSource.Bundled, MergeFile.Run);
        FolderWriter.Write(_tree, plan.Changes);
        return plan;
    }

    private void Edit(TreePath path, Func<string, string> edit) =>
        File.WriteAllText(_temp.PathOf(path.ToString()), edit(File.ReadAllText(_temp.PathOf(path.ToString()))));
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Core.Tests;

/// <summary>A state file whose record of a driver was edited: every reader says so, and names the state file.</summary>
public class RecordedDriverTests
{
    private static readonly TreePath Kconfig = "drivers/echo/Kconfig";

    private static readonly StateFile State = StateFile.In(Applied(EchoDriver.Read(), Parts.All))!;

    [Theory]
    [InlineData("\"drivers/echo/Kconfig\",", "null,", "its driver drivers/echo names ''")]
    [InlineData("\"drivers/echo/main.c\"", "\"drivers/echo/\\u001b[2J\"", "names 'drivers/echo/\\x1b[2J'")]
    [InlineData("\"drivers/echo\":", "\"drivers/ksocket\":", "'drivers/ksocket' is no place for a driver")]
    [InlineData("\"drivers/echo\":", "\"drivers/ksocket/sub\":", "'drivers/ksocket/sub' is no place for a driver")]
    [InlineData("\"format\": 3", "\"format\": 2", "it has 'drivers', and its format is 2")]
    [InlineData("\"format\": 3", "\"format\": 1", "it has 'drivers', and its format is 1")]
    public void An_edited_record_is_damaged(string ours, string theirs, string cause)
    {
        var text = State.ToBytes().ToString();
        var at = ours.Contains("format", StringComparison.Ordinal) ? 0 : text.IndexOf("\"drivers\": {", StringComparison.Ordinal);
        var edited = text[..at] + text[at..].Replace(ours, theirs, StringComparison.Ordinal);
        Assert.NotEqual(text, edited);
        Refused(edited, cause);
    }

    [Theory]
    [InlineData("endmenu\n", "drivers/echo/Kconfig:1: this 'endmenu' closes nothing")]
    [InlineData("config OTHER\n\tbool \"o\"\n", "of its driver drivers/echo it has no Kconfig with a symbol that the makefile names")]
    [InlineData("", "of its driver drivers/echo it has no Kconfig with a symbol that the makefile names")]
    public void A_recorded_Kconfig_that_apply_would_not_write_is_damage(string kconfig, string cause) =>
        Refused(State.With(Kconfig, kconfig.Bytes()).ToBytes().ToString(), cause);

    [Fact]
    public void A_record_without_its_Kconfig_is_damaged()
    {
        var record = State.Drivers["drivers/echo"];
        var without = State with
        {
            Files = State.Files.Remove(Kconfig),
            Drivers = State.Drivers.SetItem("drivers/echo", record with { Files = record.Files.Remove(Kconfig) }),
        };
        Refused(without.ToBytes().ToString(), "it has no Kconfig with a symbol");
    }

    /// <summary>Sources that came by git am, and pages that came by apply: only the folder shows the driver.</summary>
    [Fact]
    public void A_record_of_pages_alone_is_whole()
    {
        var tree = LiteralKernel.Named().Build();
        tree = new ChangedTree(tree, JointPlan.Of(tree, [DriverSource.Bundled, EchoDriver.Read()], Parts.Default).Changes);
        tree = new ChangedTree(tree, JointPlan.Of(tree, [EchoDriver.Read()], [Part.Docs]).WithState(tree));
        var state = StateFile.In(tree)!;
        Assert.Single(Assert.Single(state.Drivers).Value.Files);
        Assert.Empty(RecordedDriver.AllIn(state));
    }

    /// <summary>The rest of a driver whose files are not all recorded is still a state file.</summary>
    [Fact]
    public void A_record_whose_files_are_not_all_there_is_read()
    {
        var tree = LiteralKernel.Named().With(StateFile.Path, new TreeFile((State with { Files = State.Files.Remove(Kconfig) }).ToBytes()));
        Assert.Empty(RecordedDriver.AllIn(StateFile.In(tree.Build())));
    }

    private static void Refused(string text, string cause)
    {
        var failure = Assert.Throws<IntreeFailure>(() => StateFile.In(LiteralKernel.Named().With(StateFile.Path, text).Build()));
        Assert.Equal(FailureKind.NotUnderstood, failure.Kind);
        Assert.StartsWith("literal/.ksocket-intree: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(cause, failure.Message, StringComparison.Ordinal);
    }

    private static ChangedTree Applied(DriverSource driver, IReadOnlyList<Part> parts)
    {
        var tree = LiteralKernel.Named().Build();
        return new(tree, JointPlan.Of(tree, [DriverSource.Bundled, driver], parts).WithState(tree));
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Files;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Proof.Tests;

/// <summary>prove adds to its copy what apply would add to the tree.</summary>
public sealed class MissingPartsTests : IDisposable
{
    private static readonly DriverSource Driver = DriverSource.Bundled;

    private readonly TempFolder _temp = new();

    public MissingPartsTests() => LiteralKernel.Named().WriteTo(_temp.Root);

    private FolderTree Tree => FolderTree.Open(_temp.Root);

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Into_a_tree_without_ksocket_go_driver_and_samples()
    {
        var missing = MissingParts.Of(Tree, ProvedDrivers.Ksocket);
        Assert.Equal(["driver", "samples"], missing.Names);
        Assert.Equal(
            Planner.Plan(Tree, Driver, [Part.Driver, Part.Samples]).Changes.Select(change => change.Path),
            missing.Changes.Select(change => change.Path));
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public void So_it_is_with_a_real_tree(string version) =>
        Assert.Equal(["driver", "samples"], MissingParts.Of(FolderTree.Open(RealKernels.Pristine(version)), ProvedDrivers.Ksocket).Names);

    public static TheoryData<string> Lines() => ["5.10", "6.1", "6.12", "7.3"];

    [Fact]
    public void A_tree_that_holds_both_is_proved_as_it_stands()
    {
        Apply(Part.Driver, Part.Samples);
        Assert.Empty(MissingParts.Of(Tree, ProvedDrivers.Ksocket).Names);
    }

    [Fact]
    public void So_is_a_driver_that_its_user_changed()
    {
        Apply(Part.Driver, Part.Samples);
        File.AppendAllText(_temp.PathOf("drivers/ksocket/socket.c"), "/* mine */\n");
        Assert.Empty(MissingParts.Of(Tree, ProvedDrivers.Ksocket).Names);
    }

    [Fact]
    public void Samples_alone_are_added_to_a_driver_that_is_there()
    {
        Apply(Part.Driver);
        Assert.Equal(["samples"], MissingParts.Of(Tree, ProvedDrivers.Ksocket).Names);
    }

    /// <summary>As left by a killed apply and git clean: kconfig needs the driver for the samples.</summary>
    [Theory]
    [InlineData("drivers/Kconfig")]
    [InlineData("drivers/Makefile")]
    [InlineData("drivers/ksocket/.kunitconfig")]
    public void A_driver_of_which_something_is_missing_is_completed(string path)
    {
        var original = File.Exists(_temp.PathOf(path)) ? File.ReadAllText(_temp.PathOf(path)) : null;
        Apply(Part.Driver);
        File.Delete(_temp.PathOf(path));
        if (original is not null)
        {
            File.WriteAllText(_temp.PathOf(path), original);
        }

        var missing = MissingParts.Of(Tree, ProvedDrivers.Ksocket);
        Assert.Equal(["driver", "samples"], missing.Names);
        Assert.Contains(missing.Changes, change => change.Path.ToString() == path);
    }

    /// <summary>As left by make, or notes of the user.</summary>
    [Theory]
    [InlineData("drivers/ksocket/notes.txt")]
    [InlineData("include/net/ksocket.h")]
    public void What_apply_refuses_is_refused_and_not_proved_without_a_driver(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_temp.PathOf(path))!);
        File.WriteAllText(_temp.PathOf(path), "mine\n");
        Assert.Equal(FailureKind.InTheWay, Assert.Throws<IntreeFailure>(() => MissingParts.Of(Tree, ProvedDrivers.Ksocket)).Kind);
    }

    [Theory]
    [InlineData(true, "driver and samples and echo")]
    [InlineData(false, "echo")]
    public void A_driver_of_the_user_is_added_too_or_alone(bool bundled, string names)
    {
        var drivers = new ProvedDrivers(bundled, [EchoDriver.Read()], []);
        var missing = MissingParts.Of(Tree, drivers);
        Assert.Equal(names, string.Join(" and ", missing.Names));
        FolderWriter.Write(Tree, missing.Changes);
        Assert.Empty(MissingParts.Of(Tree, drivers).Names);
        Assert.Equal(bundled, Directory.Exists(_temp.PathOf("drivers/ksocket")));
        Assert.Contains("source \"drivers/echo/Kconfig\"\n", File.ReadAllText(_temp.PathOf("drivers/Kconfig")), StringComparison.Ordinal);
    }

    private void Apply(params Part[] parts) => FolderWriter.Write(Tree, Planner.Plan(Tree, Driver, parts).Changes);
}

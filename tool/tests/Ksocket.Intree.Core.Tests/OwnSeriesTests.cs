// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Mail;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Series;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Core.Tests;

/// <summary>A driver of the user in a series, after ksocket's patches or alone.</summary>
public class OwnSeriesTests
{
    private static readonly DriverSource Echo = EchoDriver.Read();

    private static readonly DriverSource[] Both = [DriverSource.Bundled, Echo];

    private static readonly KernelTree Kernel = LiteralKernel.Named().Build();

    [Fact]
    public void Its_patches_follow_those_of_ksocket_and_end_in_the_tree_of_apply()
    {
        var series = SeriesPlanner.Plan(Kernel, Both, Parts.All);
        var alone = SeriesPlanner.Plan(Kernel, DriverSource.Bundled, Parts.All);
        Assert.Equal(alone.Patches.Select(patch => patch.Topic), series.Patches.Take(alone.Patches.Length).Select(patch => patch.Topic));
        Assert.Equal(
            ["echo-driver", "echo-tests", "echo-samples", "echo-docs"],
            series.Patches.Skip(alone.Patches.Length).Select(patch => patch.Topic.Name));

        KernelTree after = Kernel;
        foreach (var patch in series.Patches)
        {
            Assert.All(patch.Changes, change => Assert.Equal(change.Before, after.TryReadFile(change.Path)));
            after = new ChangedTree(after, patch.Changes);
        }

        var applied = new ChangedTree(Kernel, JointPlan.Of(Kernel, Both, Parts.All).Changes);
        Assert.Equal(applied.EntriesBelow(TreePath.Top), after.EntriesBelow(TreePath.Top));
        Assert.All(applied.EntriesBelow(TreePath.Top), path => Assert.Equal(applied.TryReadFile(path), after.TryReadFile(path)));
    }

    /// <summary>Without messages of its own: the prompt and the help of its first entry.</summary>
    [Fact]
    public void The_message_is_that_of_the_Kconfig_or_of_the_intree_file()
    {
        var topic = Echo.Topics.All[0];
        Assert.Equal(("echo: add Echo server", "Sends back what it gets.\n"), (topic.Subject, topic.Body));

        var own = EchoDriver.With("intree", "expect: listening\nmessage driver:\n\tnet: add echo\n\n\tIt echoes.\n");
        Assert.Equal(("net: add echo", "It echoes.\n"), (own.Topics.All[0].Subject, own.Topics.All[0].Body));
        Assert.Equal(["listening"], own.Words.Expect);
        Assert.Equal(Echo.Hash, own.Hash);
    }

    [Theory]
    [InlineData("plaice: x\n", "echo/intree:1: 'plaice: x' is none of")]
    [InlineData("# a\nmessage other:\n\tsubject\n", "echo/intree:2: the message 'other' names no files")]
    [InlineData("message driver:\n", "echo/intree:1: the message 'driver' has no subject")]
    [InlineData("place: ../x\n", "echo/intree:1: '../x' is no folder of a tree")]
    public void A_fault_of_the_intree_file_has_its_line(string text, string said) => Assert.Contains(
        said, Assert.Throws<IntreeFailure>(() => EchoDriver.With("intree", text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_is_made_again_without_its_tree(bool only)
    {
        var own = EchoDriver.Kconfig.Replace("KSOCKET", "INET", StringComparison.Ordinal);
        DriverSource[] drivers = only ? [EchoDriver.With("Kconfig", own)] : Both;
        var planned = SeriesPlanner.Plan(Kernel, drivers, Parts.All);
        var series = PatchSeries.Of(
            planned,
            Provenance.Of(planned, Parts.All, TreeKind.Vanilla, ""),
            new Envelope(Person.Project, Release.Date) { CoverLetter = true },
            new CreatedFiles());
        var stored = series.Files.Concat(series.Proposals).ToDictionary(file => file.FileName, file => file.Bytes);
        var read = SeriesFileReader.Read("series", stored[SeriesFile.Name]);
        Assert.Equal(stored[SeriesFile.Name], SeriesFileWriter.Write(read));

        DriverSource[] all = only ? [DriverSource.Bundled, .. drivers] : drivers;
        Assert.Null(SeriesDifference.First(stored, PatchSeries.Remake(read, all, stored, new CreatedFiles())));

        var failure = Assert.Throws<IntreeFailure>(() => PatchSeries.Remake(read, DriverSource.Bundled, stored, new CreatedFiles()));
        Assert.Contains("has the driver drivers/echo", failure.Message, StringComparison.Ordinal);

        var newer = all.Select(driver => driver.Name == "echo" ? EchoDriver.With("main.c", "int other;\n") : driver).ToList();
        Assert.NotNull(SeriesDifference.First(stored, PatchSeries.Remake(read, newer, stored, new CreatedFiles())));
    }

    /// <summary>An older release would make such a series again without its last patches.</summary>
    [Fact]
    public void Only_a_series_with_a_driver_of_the_user_has_the_newer_format()
    {
        Assert.StartsWith("# ksocket-intree series, format 1\n", IndexOf([DriverSource.Bundled]), StringComparison.Ordinal);
        Assert.StartsWith("# ksocket-intree series, format 2\n", IndexOf(Both), StringComparison.Ordinal);

        static string IndexOf(DriverSource[] drivers)
        {
            var planned = SeriesPlanner.Plan(Kernel, drivers, Parts.All);
            var provenance = Provenance.Of(planned, Parts.All, TreeKind.Vanilla, "");
            return SeriesFileWriter.Write(new(provenance, new Envelope(Person.Project, Release.Date), [])).ToString();
        }
    }
}

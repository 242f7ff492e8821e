// SPDX-License-Identifier: GPL-2.0-only
using System.Diagnostics;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Mail;
using Ksocket.Intree.Core.Recipients;
using Ksocket.Intree.Core.Series;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Files;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Git.Tests;

/// <summary>
/// Compares recipients with those of the kernel's own scripts/get_maintainer.pl, for real kernels. Keywords are compared for a
/// series: for a file, only scripts of older kernels search them.
/// </summary>
public sealed class MaintainersOracleTests(ITestOutputHelper output) : IDisposable
{
    private const int Seed = 20261127;
    private const int Drawn = 300;

    /// <summary>The script reads MAINTAINERS anew in each run, so it gets several files at a time.</summary>
    private const int Together = 10;

    private static readonly string[] OwnPaths =
    [
        "drivers/Kconfig", "drivers/Makefile", "samples/Kconfig", "samples/Makefile", "Documentation/networking/index.rst", "MAINTAINERS",
    ];

    /// <summary>
    /// The script keeps the first address of a person, and takes sections of equal rank in the order of a Perl hash, which changes
    /// from run to run. An answer that it gives for one of these orders is right.
    /// </summary>
    private static readonly string[] Seeds = ["1", "2", "3", "4", "5", "6", "7", "8"];

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    /// <summary>One kernel a day in turn, or all with KSOCKET_INTREE_ALL: the script takes half a minute for each.</summary>
    [Theory]
    [InlineData("5.10", 0)]
    [InlineData("6.1", 1)]
    [InlineData("6.12", 2)]
    [InlineData("7.3", 3)]
    public void Files_have_the_recipients_of_the_script(string version, int turn)
    {
        Skip.Without("perl");
        Skip.UnlessItsTurn(turn, of: 4);
        var folder = RealKernels.Pristine(version);
        var tree = FolderTree.Open(folder);
        var groups = OwnPaths.Concat(Draw(folder)).Chunk(Together).ToList();

        var clock = Stopwatch.StartNew();
        var index = MaintainersIndex.Of(tree);
        var ours = groups.Select(group => Said(index.OfFiles(group.Select(path => new TreePath(path))))).ToList();
        var own = clock.Elapsed;
        clock.Restart();
        var theirs = groups.Select(group => Script(folder, ["--nokeywords", "-f", .. group])).ToList();
        var script = clock.Elapsed;
        output.WriteLine(
            $"linux {version}, {Drawn} files, seed {Seed}: {own.TotalSeconds:F2} s, the script {script.TotalSeconds:F1} s");
        string[] differences =
        [
            .. from one in groups.Zip(ours, theirs)
            where one.Second != one.Third && !Seeds.Any(seed => Script(folder, seed, ["--nokeywords", "-f", .. one.First]) == one.Second)
            select $"{string.Join(' ', one.First)}\n  ours   {one.Second}\n  script {one.Third}",
        ];
        Assert.True(differences.Length == 0, string.Join('\n', differences));
    }

    [Theory]
    [InlineData("5.10")]
    [InlineData("6.1")]
    [InlineData("6.12")]
    [InlineData("7.3")]
    public void The_series_has_the_recipients_of_the_script(string version)
    {
        Skip.Without("perl");
        var folder = RealKernels.Pristine(version);
        var tree = FolderTree.Open(folder);
        var planned = SeriesPlanner.Plan(tree, DriverSource.Bundled, Parts.All);
        var provenance = Provenance.Of(planned, Parts.All, TreeKind.Unknown, "");
        var series = PatchSeries.Of(planned, provenance, new Envelope(Person.Project, Release.Date), new CreatedFiles());
        SeriesFolder.Write(_temp.PathOf("series"), series, isRecorded: false);
        var mails = series.Index.Patches.Select(name => _temp.PathOf("series/" + name)).ToArray();
        Assert.Equal(Script(folder, mails), Said(MaintainersIndex.Of(tree).OfMails(series.Letters.Select(letter => letter.Bytes))));
    }

    /// <summary>The same files for each run: drawn with a fixed seed from the sorted paths of the tree.</summary>
    private static IEnumerable<string> Draw(string folder)
    {
        var all = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path))
            .Where(path => path.All(one => one is > ' ' and <= '~'))
            .Order(StringComparer.Ordinal)
            .ToArray();
        new Random(Seed).Shuffle(all);
        return all.Take(Drawn);
    }

    private static string Said(IReadOnlyList<Recipient> recipients) => Joined(recipients.Select(recipient => recipient.Mailbox.Address));

    private string Script(string folder, params string[] words) => Script(folder, seed: null, words);

    private string Script(string folder, string? seed, string[] words)
    {
        var run = new Child("perl", ["scripts/get_maintainer.pl", "--nogit", "--nogit-fallback", "--norolestats", .. words])
        {
            Folder = folder,
            Apart = true,
            Environment = new Dictionary<string, string?> { ["HOME"] = _temp.Root, ["PERL_HASH_SEED"] = seed },
        }.Run();
        Assert.True(run.Succeeded, run.Errors.ToString());
        return Joined(run.Output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Address));
    }

    private static string Address(string line) =>
        line.IndexOf('<', StringComparison.Ordinal) is var at and >= 0 ? line[(at + 1)..line.IndexOf('>', StringComparison.Ordinal)] : line;

    private static string Joined(IEnumerable<string> addresses) =>
        string.Join(' ', addresses.Select(address => address.Trim().ToLowerInvariant()).Distinct().Order(StringComparer.Ordinal));
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Mail;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Series;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Core.Tests;

public class SeriesTests
{
    private static readonly DriverSource Driver = DriverSource.Bundled;

    [Fact]
    public void After_the_last_patch_the_bytes_are_what_apply_writes()
    {
        var tree = LiteralKernel.Named().Build();
        var last = SeriesPlanner.Plan(tree, Driver, Parts.All).Patches.SelectMany(patch => patch.Changes)
            .GroupBy(change => change.Path)
            .ToDictionary(group => group.Key, group => group.Last().After);
        var applied = Planner.Plan(tree, Driver, Parts.All).Changes.ToDictionary(change => change.Path, change => change.After);
        Assert.Equal(applied.Keys.Order(), last.Keys.Order());
        Assert.All(applied, change => Assert.Equal(change.Value, last[change.Key]));
    }

    [Fact]
    public void Each_change_goes_on_from_the_one_before()
    {
        var now = new Dictionary<TreePath, TreeFile>();
        var planned = SeriesPlanner.Plan(LiteralKernel.Named().Build(), Driver, Parts.All);
        foreach (var change in planned.Patches.SelectMany(patch => patch.Changes))
        {
            if (now.TryGetValue(change.Path, out var before))
            {
                Assert.Equal(before, change.Before);
            }

            now[change.Path] = change.After!;
        }
    }

    [Fact]
    public void The_first_patch_knows_nothing_of_the_tests()
    {
        var patches = SeriesPlanner.Plan(LiteralKernel.Named().Build(), Driver, Parts.All).Patches;
        Assert.Equal(7, patches.Length);
        var first = patches[0].Changes.ToDictionary(change => change.Path.ToString(), change => change.After!.Bytes.ToString());
        Assert.DoesNotContain(
            first.Keys,
            path => path.Contains("test", StringComparison.Ordinal) || path.Contains("kunit", StringComparison.Ordinal));
        Assert.DoesNotContain("KUNIT", first["drivers/ksocket/Kconfig"], StringComparison.Ordinal);
        Assert.DoesNotContain("KUNIT", first["drivers/ksocket/Makefile"], StringComparison.Ordinal);
        Assert.Contains("config KSOCKET\n", first["drivers/ksocket/Kconfig"], StringComparison.Ordinal);
        Assert.EndsWith("say N.\n", first["drivers/ksocket/Kconfig"], StringComparison.Ordinal);
        Assert.False(first["drivers/ksocket/Makefile"].EndsWith("\n\n", StringComparison.Ordinal));
        Assert.Contains(patches[2].Changes, change => change.Path == "drivers/ksocket/Makefile" && change.Before is not null);
    }

    [Fact]
    public void A_tree_that_carries_ksocket_gets_no_series()
    {
        var tree = LiteralKernel.Named().Build();
        var applied = new ChangedTree(tree, Planner.Plan(tree, Driver, Parts.Default).Changes);
        var failure = Assert.Throws<IntreeFailure>(() => SeriesPlanner.Plan(applied, Driver, Parts.All));
        Assert.Equal(FailureKind.InTheWay, failure.Kind);
    }

    [Fact]
    public void The_series_file_reads_back_as_it_was_written()
    {
        var tree = LiteralKernel.Named().Build();
        var planned = SeriesPlanner.Plan(tree, Driver, Parts.All);
        var envelope = new Envelope(new Person("Jörg Łukasz", "a@b"), new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)))
        {
            SignedOffBy = new Person("S", "s@b"),
            Prefix = "RFC",
            Revision = 2,
            To = ["x@y"],
            Cc = ["z@y", "q@y"],
            BaseCommit = new string('a', 40),
            CoverLetter = true,
        };
        var series = PatchSeries.Of(
            planned,
            Provenance.Of(planned, Parts.All, TreeKind.Fork, "somewhere: else"),
            envelope,
            new CreatedFiles());
        var text = SeriesFileWriter.Write(series.Index);
        Assert.Equal(text, SeriesFileWriter.Write(SeriesFileReader.Read("series", text)));
    }

    [Fact]
    public void A_stored_series_is_made_again_without_its_tree_and_the_first_difference_is_named()
    {
        var planned = SeriesPlanner.Plan(LiteralKernel.Named().Build(), Driver, Parts.All);
        var series = PatchSeries.Of(
            planned,
            Provenance.Of(planned, Parts.All, TreeKind.Vanilla, ""),
            new Envelope(Person.Project, Release.Date),
            new CreatedFiles());
        var stored = series.Files.ToDictionary(file => file.FileName, file => file.Bytes);
        Assert.Null(SeriesDifference.First(stored, PatchSeries.Remake(series.Index, Driver, stored, new CreatedFiles())));

        var older = BundledDriver.Of(Edited("drivers-ksocket/mark.c", "int ", "long "));
        var difference = SeriesDifference.First(stored, PatchSeries.Remake(series.Index, older, stored, new CreatedFiles()))!;
        Assert.StartsWith("0001-", difference.File, StringComparison.Ordinal);
        Assert.NotNull(difference.Line);

        var edited = stored[series.Index.Patches[0]]
            .ToString()
            .Replace("+source \"drivers/ksocket", "+source \"drivers/other", StringComparison.Ordinal);
        stored[series.Index.Patches[0]] = edited.Bytes();
        Assert.Equal(
            FailureKind.NotUnderstood,
            Assert.Throws<IntreeFailure>(() => _ = PatchSeries.Remake(series.Index, Driver, stored, new CreatedFiles())).Kind);
    }

    /// <summary>verify makes thirty series; each would keep half a megabyte of its stored patches.</summary>
    [Fact]
    public void A_series_made_again_holds_no_stored_patch()
    {
        var planned = SeriesPlanner.Plan(LiteralKernel.Named().Build(), Driver, Parts.All);
        var provenance = Provenance.Of(planned, Parts.All, TreeKind.Vanilla, "");
        var series = PatchSeries.Of(planned, provenance, new Envelope(Person.Project, Release.Date), new CreatedFiles());
        var stored = series.Files.ToDictionary(file => file.FileName, file => file.Bytes);
        var made = PatchSeries.Remake(series.Index, Driver, stored, new CreatedFiles());
        Assert.All(made.Letters.SelectMany(letter => letter.Pieces), piece =>
            Assert.DoesNotContain(stored.Values, one => one.Length > 0 && one.Span.Overlaps(piece.Span)));
    }

    [Theory]
    [InlineData("abcd", true)]
    [InlineData("abc", false)]
    [InlineData("abcde", false)]
    [InlineData("abxd", false)]
    public void A_letter_is_compared_over_its_pieces(string bytes, bool isSame) =>
        Assert.Equal(isSame, new Letter("a", ["ab".Bytes(), "".Bytes(), "cd".Bytes()]).Is(bytes.Bytes()));

    [Fact]
    public void The_entry_of_maintainers_and_the_page_stand_where_they_sort()
    {
        var tree = LiteralKernel.Named().Build();
        var after = new ChangedTree(tree, Planner.Plan(tree, Driver, Parts.All).Changes);
        Assert.Contains(
            "   kcm\n   ksocket\n   l2tp\n",
            after.TryReadText("Documentation/networking/index.rst")!,
            StringComparison.Ordinal);
        var titles = MaintainersFile.Read(after.Read("MAINTAINERS")).Select(entry => entry.Title.ToString()).ToList();
        Assert.Equal(titles[1..^1].Order(StringComparer.Ordinal), titles[1..^1]);
        Assert.Contains(titles, title => title.StartsWith("KSOCKET", StringComparison.Ordinal));

        var removed = new ChangedTree(after, Remover.Plan(after, Driver, parts: null).Changes);
        Assert.Equal(tree.TryReadText("MAINTAINERS"), removed.TryReadText("MAINTAINERS"));
        Assert.Equal(tree.TryReadText("Documentation/networking/index.rst"), removed.TryReadText("Documentation/networking/index.rst"));
    }

    [Theory]
    [InlineData("0001-ksocket-add-KUnit-tests.patch", null, "ksocket: add KUnit tests")]
    [InlineData("v2-0001-a-b.c_d.patch", 2, "a: (b.c_d)!")]
    [InlineData(
        "0001-this-subject-is-so-long-that-its-file-name-must-end-.patch",
        null,
        "this subject is so long that its file name must end somewhere")]
    public void A_mail_is_named_as_git_names_it(string expected, int? revision, string subject) =>
        Assert.Equal(expected, new Envelope(Person.Project, Release.Date) { Revision = revision }.FileName(1, subject));

    private static IEnumerable<KeyValuePair<TreePath, ByteString>> Edited(string home, string old, string other) =>
        from path in Directory.EnumerateFiles(Repository.PathOf("drivers-ksocket"), "*", SearchOption.AllDirectories)
            .Append(Repository.PathOf("Kconfig"))
        let name = Path.GetRelativePath(Repository.Root, path)
        where !name.EndsWith(".o", StringComparison.Ordinal)
        let text = File.ReadAllText(path)
        select KeyValuePair.Create(new TreePath(name), (name == home ? text.Replace(old, other, StringComparison.Ordinal) : text).Bytes());
}

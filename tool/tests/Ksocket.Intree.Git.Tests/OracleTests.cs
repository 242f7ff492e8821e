// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Mail;
using Ksocket.Intree.Core.Series;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Git.Tests;

/// <summary>Compares our mails with those of git.</summary>
public sealed class OracleTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    /// <summary>Blank lines, repeated lines and indents are what makes git slide a run of lines.</summary>
    [Fact]
    public void A_run_of_lines_stands_where_git_puts_it()
    {
        var random = new Random(20261123);
        string[] words = ["", "", "a", "b", "\tc", "  d", "\t\te", "endif", "$x", "\\"];
        var work = Directory.CreateDirectory(_temp.PathOf("runs")).FullName;
        Run.Git(work, "init", "-q");
        var changes = new List<FileChange>();
        for (var at = 0; at < 400; at++)
        {
            var lines = Enumerable.Range(0, random.Next(1, 25)).Select(_ => words[random.Next(words.Length)]).ToList();
            var grown = lines.ToList();
            grown.InsertRange(
                random.Next(lines.Count + 1),
                Enumerable.Range(0, random.Next(1, 8)).Select(_ => words[random.Next(words.Length)]));
            var (before, after) = (string.Join('\n', lines) + "\n", string.Join('\n', grown) + "\n");
            changes.Add(new FileChange($"f{at:D3}", before.File(), after.File()));
            File.WriteAllText(Path.Combine(work, $"f{at:D3}"), before);
        }

        Run.Git(work, "add", ".");
        changes.ForEach(change => File.WriteAllBytes(Path.Combine(work, change.Path.ToString()), change.After!.Bytes.Span));
        Assert.Equal(
            Run.Git(work, "diff", "--full-index", "--no-color"),
            string.Concat(changes.Select(change => FileDiff.Of(change).Bytes.ToString())));
    }

    [Theory]
    [InlineData("5.10.1", "sock_fields")]
    [InlineData("6.1.1", "sk_getsockopt", "sock_fields")]
    [InlineData("6.12.1", "sk_getsockopt", "do_sock_getsockopt")]
    public void Three_roads_lead_to_one_tree_and_git_writes_the_same_mails(string version, params string[] variants)
    {
        var folder = _temp.PathOf("tree");
        LiteralKernel.Named(version, variants).WriteTo(folder);
        var roads = new ThreeWays(folder, _temp.PathOf("roads"));
        var author = new Person("Jörg Ünal-Smith, whose name is rather long", "j@example.org");
        roads.Walk(new Envelope(author, new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.FromHours(-3.5)))
        {
            SignedOffBy = new Person("Jörg Ünal", "j@example.org"),
            Prefix = "RFC PATCH net-next with some more words than fit",
            Revision = 3,
            To = ["A <a@example.org>", "b@example.org"],
            Cc = ["c@example.org"],
        });
    }

    /// <summary>Some vendor trees have executable Kconfig files; git writes the mode into each index line.</summary>
    [Fact]
    public void The_mode_of_a_touched_file_is_the_trees()
    {
        var folder = _temp.PathOf("tree");
        LiteralKernel.Named().WriteTo(folder);
        Run.Program("chmod", folder, "755", "drivers/Kconfig", "drivers/Makefile");
        var roads = new ThreeWays(folder, _temp.PathOf("roads"));
        roads.Walk(new Envelope(Person.Project, Release.Date));
        Assert.Contains(
            " 100755\n",
            File.ReadAllText(_temp.PathOf("roads/mails/0001-ksocket-add-BSD-style-socket-calls-for-kernel-code.patch")),
            StringComparison.Ordinal);
    }

    public static TheoryData<string> Lines =>
    [
        .. Directory.EnumerateDirectories(Repository.PathOf("patches"))
            .Where(folder => File.Exists(Path.Combine(folder, "meta/series")))
            .Select(folder => Path.GetFileName(folder)!)
            .Order(),
    ];

    /// <summary>A literal tree with the version and the variants of a stored series.</summary>
    [Theory]
    [MemberData(nameof(Lines))]
    public void So_they_do_for_every_line(string line)
    {
        var kept = SeriesFileReader.Read(line, File.ReadAllText(Repository.PathOf($"patches/{line}/{SeriesFile.Name}")).Bytes()).Provenance;
        var folder = _temp.PathOf("tree");
        LiteralKernel.Named(kept.Kernel.Split('-')[0].TrimEnd('.'), [.. kept.Features.Select(feature => feature.Variant)]).WriteTo(folder);
        new ThreeWays(folder, _temp.PathOf("roads")).Walk(new Envelope(Person.Project, Release.Date));
    }

    [Theory]
    [InlineData("5.10")]
    [InlineData("6.1")]
    [InlineData("6.12")]
    [InlineData("7.3")]
    public void So_they_do_for_a_real_kernel(string version) =>
        new ThreeWays(RealKernels.Pristine(version), _temp.PathOf("roads")).Walk(new Envelope(Person.Project, Release.Date));
}

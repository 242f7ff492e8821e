// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>Conventions of this repository.</summary>
public sealed partial class ConventionTests
{
    private static readonly Dictionary<string, int> Floors = new()
    {
        ["Ksocket.Intree.Core"] = 1,
        ["Ksocket.Intree.Processes"] = 2,
        ["Ksocket.Intree.Files"] = 3,
        ["Ksocket.Intree.Git"] = 3,
        ["Ksocket.Intree.Sending"] = 3,
        ["Ksocket.Intree.Configure"] = 4,
        ["Ksocket.Intree.Proof"] = 4,
        ["Ksocket.Intree"] = 5,
    };

    private static readonly string Source = Repository.PathOf("tool/src");

    [Fact]
    public void Floors_only_look_down()
    {
        Assert.Equal(
            Floors.Keys.Order(StringComparer.Ordinal),
            Directory.EnumerateDirectories(Source).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal));
        foreach (var (project, floor) in Floors)
        {
            var references = References().Matches(
                File.ReadAllText(Path.Combine(Source, project, project + ".csproj"))).Select(match => match.Groups["name"].Value);
            Assert.All(references, reference => Assert.True(Floors[reference] < floor, $"{project} looks up at {reference}"));
        }
    }

    public static TheoryData<string> Projects() => [.. Floors.Keys];

    /// <summary>The picture in tool/README.md; with KSOCKET_INTREE_UPDATE_GOLDEN=1 the test writes it.</summary>
    [Fact]
    public void The_picture_of_the_folders_is_what_the_sources_import()
    {
        const string start = "<!-- folders -->\n```\n";
        const string end = "\n```\n<!-- end of folders -->";
        var files = Files("tool/src", "*.cs").ToDictionary(file => Path.GetRelativePath(Source, file), File.ReadAllText);
        var picture = string.Join('\n', FolderGraph.Of(files).Lines());
        var path = Repository.PathOf("tool/README.md");
        var text = File.ReadAllText(path);
        var (from, to) = (text.IndexOf(start, StringComparison.Ordinal) + start.Length, text.IndexOf(end, StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("KSOCKET_INTREE_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, text[..from] + picture + text[to..]);
            return;
        }

        Assert.Equal(picture, text[from..to]);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Folders_of_a_project_look_down_only(string project)
    {
        var files = Files($"tool/src/{project}", "*.cs").ToDictionary(file => Path.GetRelativePath(Source, file), File.ReadAllText);
        Assert.Empty(FolderGraph.Of(files).Circles());
    }

    [Theory]
    [InlineData("tool/src")]
    [InlineData("tool/tests")]
    public void No_line_is_over_140_columns(string folder) =>
        Assert.Empty(from file in Files(folder, "*.cs")
                     from line in File.ReadLines(file).Select((text, at) => (Text: text, Number: at + 1))
                     where line.Text.Length > 140
                     select $"{Path.GetRelativePath(Repository.Root, file)}:{line.Number}");

    /// <summary>With tabs of eight columns, as checkpatch.pl counts them.</summary>
    [Fact]
    public void No_line_of_the_driver_is_over_80_columns() =>
        Assert.Empty(from file in Files("drivers-ksocket", "*.[ch]").Concat(Files("drivers-ksocket", "Kconfig"))
                     from line in File.ReadLines(file).Select((text, at) => (Text: text, Number: at + 1))
                     where line.Text.Aggregate(0, (column, one) => one == '\t' ? column + 8 - column % 8 : column + 1) > 80
                     select $"{Path.GetRelativePath(Repository.Root, file)}:{line.Number}");

    [Fact]
    public void The_core_touches_nothing()
    {
        foreach (var file in Files("tool/src/Ksocket.Intree.Core", "*.cs"))
        {
            Assert.DoesNotMatch(
                @"(?<![\w.])(File|Directory|Console|Process|Environment)\.|DateTime\.(Utc)?Now|LibGit2Sharp",
                File.ReadAllText(file));
        }
    }

    /// <summary>.NET's own hashes and random numbers load OpenSSL, which a minimal system does not have.</summary>
    [Fact]
    public void Hashes_are_computed_in_managed_code() =>
        Assert.All(
            Files("tool/src", "*.cs").Where(file => !file.EndsWith("/TrustedCertificates.cs", StringComparison.Ordinal)),
            file => Assert.DoesNotContain("System.Security.Cryptography", File.ReadAllText(file), StringComparison.Ordinal));

    [Fact]
    public void LibGit2Sharp_is_named_in_one_project() =>
        Assert.All(
            Files("tool/src", "*.cs").Where(file => File.ReadAllText(file).Contains("using LibGit2Sharp", StringComparison.Ordinal)),
            file => Assert.Contains("/Ksocket.Intree.Git/", file, StringComparison.Ordinal));

    [Fact]
    public void Every_source_says_its_licence_in_its_first_two_lines()
    {
        var driver = Files("drivers-ksocket", "*.[ch]").Concat(Files("drivers-ksocket", "Makefile"));
        string[] sources = [.. Files("tool", "*.cs"), .. driver, .. Scripts()];
        Assert.All(
            sources,
            file => Assert.Contains(
                "SPDX-License-Identifier: GPL-2.0-only",
                string.Concat(File.ReadLines(file).Take(2)),
                StringComparison.Ordinal));
    }

    /// <summary>A KUnit suite is a list of short cases of one subject.</summary>
    [Fact]
    public void No_file_is_over_300_lines_and_no_KUnit_suite_over_400() =>
        Assert.All(
            Files("tool", "*.cs").Concat(Files("drivers-ksocket", "*.c")),
            file => Assert.True(
                File.ReadLines(file).Count() <= (file.EndsWith("_kunit.c", StringComparison.Ordinal) ? 400 : 300),
                file));

    [Fact]
    public void The_driver_tests_no_version_and_no_feature() =>
        Assert.All(
            Files("drivers-ksocket", "*.[ch]"),
            file => Assert.DoesNotMatch(@"LINUX_VERSION_CODE|KERNEL_VERSION|^\s*#\s*(if|ifdef|elif)\s(?!.*_H\b)", File.ReadAllText(file)));

    [Fact]
    public void The_top_level_is_fixed()
    {
        string[] expected =
        [
            "CHANGELOG.md", "CONTRIBUTING.md", "Kconfig", "Ksocket.Intree.sln", "LICENSES", "README.md", "SECURITY.md",
            "drivers-ksocket", "global.json", "patches", "tool",
        ];
        var tracked = Run.Git(Repository.Root, "ls-files").Split(
            '\n',
            StringSplitOptions.RemoveEmptyEntries).Select(path => path.Split('/')[0]).Where(name => name[0] != '.').Distinct();
        Assert.Equal(expected.Order(StringComparer.Ordinal), tracked.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_solution_holds_every_project()
    {
        var solution = File.ReadAllText(Repository.PathOf("Ksocket.Intree.sln"));
        Assert.All(Files("tool", "*.csproj"), file => Assert.Contains(Path.GetFileName(file), solution, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Scripts() =>
        Directory.EnumerateFiles(Repository.PathOf("tool")).Where(file => Path.GetExtension(file) is "" or ".sh");

    private static IEnumerable<string> Files(string folder, string pattern)
    {
        var escaped = Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal)
            .Replace(@"\[ch]", "[ch]", StringComparison.Ordinal);
        var wanted = new Regex($"^{escaped}$");
        return Run.Git(
            Repository.Root,
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
            folder).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(path => wanted.IsMatch(Path.GetFileName(path)))
            .Select(Repository.PathOf)
            .Where(File.Exists);
    }

    [GeneratedRegex(@"<ProjectReference Include=""[^""]*/(?<name>[\w.]+)\.csproj""")]
    private static partial Regex References();
}

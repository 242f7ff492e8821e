// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Proof.Working;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>clean deletes what this project put into the cache, and nothing else.</summary>
public sealed class CleanTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public CleanTests()
    {
        Write("cache/trees/linux-6.12/Makefile", 1500);
        Write("cache/proof/6.12/vmlinux", 2_500_000);
        Write("cache/proof/6.12.lock", 0);
        Write("cache/of-mine/letter", 10);
        Write("outside/letter", 10);
        File.CreateSymbolicLink(_temp.PathOf("cache/proof/link"), _temp.PathOf("outside"));
    }

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("-n all")]
    public void Without_a_part_it_lists_with_sizes_and_deletes_nothing(string words)
    {
        var before = FolderDigest.Of(_temp.Root);
        var output = Clean(0, words.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Matches(@"(?m)^  proof +2\.5 MB  build folders and logs of prove$", output);
        Assert.Matches(@"(?m)^  trees +1\.5 kB  ", output);
        Assert.Contains("/cache: 2 parts, 2.5 MB\n", output, StringComparison.Ordinal);
        Assert.Equal(words.Length == 0, output.Contains("clean PART deletes one of them", StringComparison.Ordinal));
        Assert.Equal(before, FolderDigest.Of(_temp.Root));
    }

    [Fact]
    public void It_deletes_the_parts_meant_and_follows_no_link()
    {
        Clean(0, "proof");
        Assert.Equal(["of-mine", "trees"], Left());
        Clean(0, "all");
        Assert.Equal(["of-mine"], Left());
        Assert.True(File.Exists(_temp.PathOf("outside/letter")));
        Assert.EndsWith("/cache: nothing is there\n", Clean(0), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_folder_that_a_script_makes_in_the_cache_is_a_part()
    {
        var scripts = Directory.GetFiles(Repository.PathOf("tool")).Where(file => Path.GetExtension(file) is "" or ".sh");
        var folders = scripts.SelectMany(file => Regex.Matches(File.ReadAllText(file), @"(?<!\+)\$CACHE/([a-z-]+)"))
            .Select(match => match.Groups[1].Value).Distinct().ToList();
        Assert.Contains("trees", folders);
        Assert.Empty(folders.Except(CachePart.Names));
    }

    [Theory]
    [InlineData("proof/6.12.lock")]
    [InlineData("trees/deep/down/6.12.lock")]
    public void What_another_run_uses_is_kept_and_all_else_with_it(string name)
    {
        Write("cache/" + name, 0);
        var before = FolderDigest.Of(_temp.Root);
        using (new FileStream(_temp.PathOf("cache/" + name), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Contains("error: another run is using ", Clean(3, "all"), StringComparison.Ordinal);
        }

        Assert.Equal(before, FolderDigest.Of(_temp.Root));
    }

    [Fact]
    public void An_unknown_part_is_refused() => Clean(129, "of-mine");

    private string Clean(int exit, params string[] words)
    {
        var run = RealProgram.Shell("export KSOCKET_INTREE_CACHE=\"$1\"; shift; $k clean \"$@\"", [_temp.PathOf("cache"), .. words]);
        Assert.True(run.ExitCode == exit, run.Output.ToString());
        return run.Output.ToString();
    }

    private IEnumerable<string> Left() =>
        Directory.GetDirectories(_temp.PathOf("cache")).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal);

    private void Write(string path, int bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_temp.PathOf(path))!);
        File.WriteAllBytes(_temp.PathOf(path), new byte[bytes]);
    }
}

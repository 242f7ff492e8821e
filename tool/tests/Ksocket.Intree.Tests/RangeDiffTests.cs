// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>The range-diff of two revisions on different bases, beside that of git in a repository with both kernels.</summary>
public sealed partial class RangeDiffTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void From_6_12_to_7_3_it_is_that_of_git() => Same(RealKernels.Pristine("6.12"), RealKernels.Pristine("7.3"));

    /// <summary>Two trees whose files differ around the lines that the series adds, at the start, in the middle and at the end.</summary>
    [Fact]
    public void With_other_lines_around_the_edits_it_is_that_of_git()
    {
        var (one, other) = (_temp.PathOf("one"), _temp.PathOf("other"));
        LiteralKernel.Named().WriteTo(one);
        LiteralKernel.Named().WriteTo(other);
        const string source = "source \"drivers/other/Kconfig\"\n\n";
        Edit(other, "drivers/Kconfig", text => text.Replace("endmenu", source + "endmenu", StringComparison.Ordinal));
        Edit(other, "drivers/Makefile", text => "# another line\n\n\n\n\n" + text + "obj-y += other/\n");
        Same(one, other);
    }

    [Fact]
    public void The_same_two_series_give_the_same_bytes()
    {
        var tree = _temp.PathOf("tree");
        LiteralKernel.Named().WriteTo(tree);
        Made(tree, "v1");
        var first = Made(tree, "a", "-v", "2", "--range-diff", _temp.PathOf("v1"), "--maintainer", "Ö <o@example.org>");
        var again = Made(tree, "b", "-v", "2", "--range-diff", _temp.PathOf("v1"), "--maintainer", "Ö <o@example.org>");
        Assert.Contains("+M:\tÖ <o@example.org>", first, StringComparison.Ordinal);
        Assert.Equal(first, again);
    }

    [Fact]
    public void A_revision_without_one_of_its_patches_is_refused()
    {
        var tree = _temp.PathOf("tree");
        LiteralKernel.Named().WriteTo(tree);
        Made(tree, "v1");
        var gone = Directory.GetFiles(_temp.PathOf("v1"), "0002-*").Single();
        File.Delete(gone);
        Cli.Run("series", "-v", "2", "--range-diff", _temp.PathOf("v1"), "-o", _temp.PathOf("out"), tree)
            .RefusesWith(ExitCode.NotUnderstood, gone, "verify --write");
        Assert.False(Path.Exists(_temp.PathOf("out-v2")));
    }

    private void Same(string one, string other)
    {
        var (from, to) = (SmallRepository.Make(one, _temp.PathOf("from")), SmallRepository.Make(other, _temp.PathOf("to")));
        Made(from + "@base", "out", "--maintainer", "A <a@example.org>");
        // -v 2 finds the first revision beside it.
        var ours = Made(to + "@base", "out", "-v", "2", "--maintainer", "Ö <o@example.org>");

        Run.Git(to, "fetch", "-q", from, "base:refs/heads/from");
        Run.Git(to, "checkout", "-q", "--detach", "from");
        Am(to, _temp.PathOf("out"), "v1");
        Run.Git(to, "checkout", "-q", "--detach", "base");
        Am(to, _temp.PathOf("out-v2"), "v2");
        var gits = Run.Result("git", to, "range-diff", "--no-color", "from..v1", "base..v2").Output.ToString();
        Assert.Contains("+M:\tÖ <o@example.org>", gits, StringComparison.Ordinal);
        Assert.Equal(WithoutIds(gits), WithoutIds(ours));
    }

    private static void Am(string repository, string folder, string tag)
    {
        var patches = Directory.GetFiles(folder, "*.patch").Where(file => !file.Contains("0000-", StringComparison.Ordinal));
        Run.Git(repository, ["am", "-q", .. patches.Order(StringComparer.Ordinal)]);
        Run.Git(repository, "tag", tag);
    }

    /// <summary>Makes a series and returns the range-diff in its folder.</summary>
    private string Made(string tree, string folder, params string[] words)
    {
        var run = Cli.Run(["series", "--cover-letter", "-o", _temp.PathOf(folder), .. words, tree]);
        Assert.True(run.Exit == ExitCode.Done, run.Messages);
        var place = Path.Combine(_temp.PathOf(words.Contains("-v") ? folder + "-v2" : folder), "meta/range-diff");
        return File.Exists(place) ? File.ReadAllText(place).Split("Range-diff against v1:\n")[1] : "";
    }

    private static void Edit(string tree, string path, Func<string, string> edit)
    {
        var file = Path.Combine(tree, path);
        var text = File.ReadAllText(file);
        Assert.NotEqual(text, edit(text));
        File.WriteAllText(file, edit(text));
    }

    private static string WithoutIds(string text) => Ids().Replace(text, "$1ID");

    [GeneratedRegex("(?m)(^ ?[0-9-]+: +|[=!<>] +[0-9-]+: +)[0-9a-f]{7,}")]
    private static partial Regex Ids();
}

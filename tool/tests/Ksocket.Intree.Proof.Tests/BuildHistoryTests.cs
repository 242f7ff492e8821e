// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Proof.Building;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Proof.Tests;

/// <summary>What a build is expected to need, from the last whole build of such a kernel.</summary>
public sealed class BuildHistoryTests : IDisposable
{
    private readonly TempFolder _temp = new();

    private string Kept => _temp.PathOf("history/6.12-um");

    private string Output => _temp.PathOf("output");

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void The_first_build_is_counted_and_the_next_one_has_an_expectation()
    {
        var first = new BuildHistory(Kept, Output);
        Assert.Equal("1 file compiled, now a.o", first.Add("a.o"));
        Assert.Equal("2 files compiled, now b.o", first.Add("b.o"));
        first.Keep();
        Assert.StartsWith("2 ", File.ReadAllText(Kept), StringComparison.Ordinal);

        var next = new BuildHistory(Kept, Output);
        Assert.Matches("^1 of about 2 files compiled, [0-9]+ of [0-9]+ s left, now a.o$", next.Add("a.o"));
        next.Add("b.o");
        Assert.Equal("3 files compiled, now c.o", next.Add("c.o"));
    }

    /// <summary>It compiles some files only, so it says nothing of a whole build.</summary>
    [Fact]
    public void A_build_that_finds_objects_is_neither_expected_nor_kept()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Kept)!);
        File.WriteAllText(Kept, "900 60\n");
        Directory.CreateDirectory(Path.Combine(Output, "init"));
        File.WriteAllText(Path.Combine(Output, "init/main.o"), "");
        var history = new BuildHistory(Kept, Output);
        Assert.Equal("1 file compiled, now a.o", history.Add("a.o"));
        history.Keep();
        Assert.Equal("900 60\n", File.ReadAllText(Kept));
    }

    [Theory]
    [InlineData("")]
    [InlineData("900")]
    [InlineData("many files")]
    [InlineData("0 60")]
    [InlineData("-1 60")]
    public void A_damaged_file_is_no_expectation(string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Kept)!);
        File.WriteAllText(Kept, text);
        Assert.Equal("1 file compiled, now a.o", new BuildHistory(Kept, Output).Add("a.o"));
    }
}

// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Processes.Tests;

/// <summary>Output may be larger than memory: it is complete, and not kept in memory.</summary>
[Collection("one at a time")]
public class ChildOutputTests
{
    private const int Many = 100_000_000;

    [Fact]
    public void A_hundred_megabytes_are_kept_whole_and_cost_no_memory()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var result = new Child("sh", ["-c", $"yes 0123456 2>/dev/null | head -c {Many}"]).Run();
        var cost = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.Equal(Many, result.Output.Length);
        Assert.True(cost < 16 << 20, $"{cost} bytes of memory");
        Assert.Equal(Many / 8, result.Output.Lines().Count());
        Assert.StartsWith("0123456\n", result.Output.Head.ToString(), StringComparison.Ordinal);
        Assert.Equal("0123456", result.FirstError);
        Assert.True(result.Output.ToString().Length < 1 << 20);
        Assert.Empty(Directory.GetFiles(Path.GetTempPath(), "ksocket-output-*"));
    }

    [Fact]
    public void Lines_are_the_same_in_memory_and_in_a_file()
    {
        var line = new string('x', 1000);
        var count = 0;
        var script = $"i=0; while [ $i -lt 3000 ]; do echo {line}; i=$((i+1)); done; printf last";
        new Child("sh", ["-c", script]) { OnLine = _ => count++ }.Run();
        var long_ = new Child("sh", ["-c", $"i=0; while [ $i -lt 3000 ]; do echo {line}; i=$((i+1)); done; printf last"]).Run();
        Assert.Equal(3001, count);
        Assert.Equal(Enumerable.Repeat(line, 3000).Append("last"), long_.Output.Lines().Select(bytes => bytes.ToString()));
    }

    [Fact]
    public void A_line_without_end_comes_in_pieces()
    {
        var longest = 0;
        new Child("sh", ["-c", "head -c 3000000 /dev/zero"]) { OnLine = line => longest = Math.Max(longest, line.Length) }.Run();
        Assert.Equal(64 << 10, longest);
    }

    [Fact]
    public void Of_a_long_output_a_message_shows_both_ends()
    {
        var text = new Child("sh", ["-c", "echo first; head -c 3000000 /dev/zero; echo; echo last"]).Run().Output.ToString();
        Assert.StartsWith("first\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\nlast\n", text, StringComparison.Ordinal);
        Assert.Contains("bytes omitted]", text, StringComparison.Ordinal);
    }
}

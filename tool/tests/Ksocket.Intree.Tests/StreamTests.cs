// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>stdout and stderr that are closed or full, or a closed pipe: no crash, and errors are reported.</summary>
public sealed class StreamTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public StreamTests() => LiteralKernel.Named().WriteTo(_temp.Root);

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("probe", ">/dev/full")]
    [InlineData("--json probe", ">/dev/full")]
    [InlineData("plan --patch", ">/dev/full")]
    [InlineData("series --stdout", ">/dev/full")]
    [InlineData("--help", ">/dev/full")]
    [InlineData("--version", ">/dev/full")]
    [InlineData("probe", ">&-")]
    [InlineData("--json probe", ">&-")]
    public void An_answer_that_cannot_be_written_is_an_environment_failure(string verb, string redirection)
    {
        var tree = verb[0] == '-' && verb[^1] == 'n' || verb == "--help" ? "" : "\"$1\"";
        var run = RealProgram.Shell($"\"$k\" {verb} {tree} {redirection}", _temp.Root);
        Assert.Equal(128, run.ExitCode);
        Assert.StartsWith("error: writing to stdout failed: ", run.Output.ToString(), StringComparison.Ordinal);
        Assert.Equal(3, run.Output.ToString().TrimEnd().Split('\n').Length);
    }

    [Theory]
    [InlineData(">/dev/full")]
    [InlineData(">&-")]
    public void What_apply_wrote_is_not_hidden(string redirection)
    {
        var run = RealProgram.Shell($"\"$k\" apply \"$1\" {redirection}", _temp.Root);
        Assert.Equal(128, run.ExitCode);
        Assert.StartsWith(
            "error: the changes were made, but writing to stdout failed: ",
            run.Output.ToString(),
            StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, Cli.Run("status", _temp.Root).Exit);
    }

    [Theory]
    [InlineData("apply", 0, "2>/dev/full")]
    [InlineData("apply", 0, "2>&-")]
    [InlineData("probe", 0, "2>&-")]
    [InlineData("status", 1, "2>/dev/full")]
    [InlineData("remove --foreign --parts all", 129, "2>/dev/full")]
    [InlineData("probe /nowhere", 2, "2>/dev/full")]
    [InlineData("probe /nowhere", 2, "2>&-")]
    [InlineData("probe", 128, ">&- 2>&-")]
    [InlineData("probe", 128, ">/dev/full 2>/dev/full")]
    public void Messages_that_stderr_does_not_take_are_dropped(string verb, int exit, string redirection)
    {
        var tree = verb.Contains('/', StringComparison.Ordinal) ? "" : "\"$1\"";
        Assert.Equal(exit, RealProgram.Shell($"\"$k\" {verb} {tree} {redirection}", _temp.Root).ExitCode);
    }

    /// <summary>With stdout closed, the first opened file gets its descriptor.</summary>
    [Fact]
    public void Nothing_meant_for_a_closed_stream_lands_in_a_file()
    {
        using var other = new TempFolder();
        LiteralKernel.Named().WriteTo(other.Root);
        RealProgram.Shell("\"$k\" apply --parts all \"$1\" <&- >&- 2>&-", _temp.Root);
        Assert.Equal(ExitCode.Done, Cli.Run("apply", "--parts", "all", other.Root).Exit);
        Assert.Equal(FolderDigest.Of(other.Root), FolderDigest.Of(_temp.Root));
    }

    /// <summary>script(1) gives the program a terminal and copies what it writes: colours, and no other escape sequence.</summary>
    [Fact]
    public void The_modes_of_a_terminal_are_left_alone()
    {
        Skip.Without("script");
        const string inTerminal = """TERM=xterm-256color NO_COLOR= script -qec "'$k' --color always explain" /dev/null""";
        var written = RealProgram.Shell(inTerminal).Output.ToString();
        Assert.Contains("\e[1m", written, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\e(?!\[[0-9;]*m)", written);
    }

    [Theory]
    [InlineData("plan --patch", 0)]
    [InlineData("status", 1)]
    [InlineData("apply", 0)]
    public void A_reader_that_goes_away_is_no_error(string verb, int exit)
    {
        var run = RealProgram.Shell($"{{ \"$k\" {verb} \"$1\"; echo \"exit $?\" >&2; }} | :", _temp.Root);
        Assert.Contains($"exit {exit}\n", run.Output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("error:", run.Output.ToString(), StringComparison.Ordinal);
    }
}

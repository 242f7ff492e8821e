// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;

namespace Ksocket.Intree.Proof.Tests;

public class ChildTests
{
    [Fact]
    public void Both_streams_are_read_at_once_and_none_can_block_the_other()
    {
        var result = new Child("sh", ["-c", "i=0; while [ $i -lt 20000 ]; do echo out; echo err >&2; i=$((i+1)); done"]).Run();
        Assert.True(result.Succeeded);
        Assert.Equal(40000, result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void A_child_that_hangs_is_ended_with_its_children()
    {
        var result = new Child("sh", ["-c", "sleep 60 & sleep 60"]) { Limit = TimeSpan.FromMilliseconds(300) }.Run();
        Assert.True(result.TimedOut);
        Assert.False(result.Succeeded);
    }

    [Fact]
    public void A_program_that_is_not_there_is_named()
    {
        var failure = Assert.Throws<IntreeFailure>(() => new Child("no-such-program", []).Run());
        Assert.Contains("no-such-program", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_line_that_reads_like_an_error_is_found()
    {
        var result = new ChildResult(2, "  CC a.o\na.c:1:2: error: 'x' undeclared\nmake: *** [a.o] Error 1\n", TimedOut: false);
        Assert.Equal("a.c:1:2: error: 'x' undeclared", result.FirstError);
    }
}

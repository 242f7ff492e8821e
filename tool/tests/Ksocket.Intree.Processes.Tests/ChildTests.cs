// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Processes.Tests;

/// <summary>Real programs and shell scripts as children. Signals are sent to this process, so nothing else may run meanwhile.</summary>
[Collection("one at a time")]
public class ChildTests
{
    [Fact]
    public void Both_streams_are_read_at_once_and_keep_the_order_of_the_writes()
    {
        var result = Shell("i=0; while [ $i -lt 2000 ]; do echo out $i; echo err $i >&2; i=$((i+1)); done").Run();
        Assert.True(result.Succeeded);
        Assert.Equal(
            Enumerable.Range(0, 2000).SelectMany(at => new[] { $"out {at}", $"err {at}" }),
            result.Output.Lines().Select(line => line.ToString()));
    }

    [Fact]
    public void Streams_can_be_kept_apart()
    {
        var result = Run(Shell("echo out; echo err >&2; exit 3", apart: true));
        Assert.Equal((3, "out\n", "err\n"), (result.ExitCode, result.Output.ToString(), result.Errors.ToString()));
    }

    [Fact]
    public void What_is_no_text_comes_through_byte_by_byte()
    {
        var lines = new List<ByteString>();
        var result = new Child("sh", ["-c", "printf 'a\\377\\n\\303\\266'"]) { OnLine = lines.Add }.Run();
        Assert.Equal([(byte)'a', 0xFF, (byte)'\n', 0xC3, 0xB6], result.Output.ToArray());
        Assert.Equal(["a\\xff", "ö"], lines.Select(line => line.ToString()));
    }

    [Fact]
    public void A_child_that_hangs_is_ended_with_its_children()
    {
        var result = new Child("sh", ["-c", "sleep 300 & echo $!; sleep 300"]) { Limit = TimeSpan.FromSeconds(1) }.Run();
        Assert.True(result.TimedOut);
        Assert.False(result.Succeeded);
        Assert.True(Ends(result));
    }

    [Fact]
    public void A_child_that_falls_silent_is_ended()
    {
        var result = new Child("sh", ["-c", "echo word; sleep 300"]) { Silence = TimeSpan.FromSeconds(1) }.Run();
        Assert.True(result.TimedOut);
        Assert.Equal("word\n", result.Output.ToString());
    }

    /// <summary>It holds the pipes open.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_process_left_in_the_background_is_not_waited_for(bool apart)
    {
        var result = Shell("sleep 300 & echo $!; head -c 300000 /dev/zero; exit 4", apart).Run();
        Assert.True(IsAlive(PidIn(result)), "it was waited for");
        Testing.Run.Program("kill", "/", $"{PidIn(result)}");
        Assert.Equal(4, result.ExitCode);
        Assert.Equal(300000, result.Output.Length - $"{PidIn(result)}\n".Length);
    }

    [Fact]
    public void One_that_goes_on_printing_is_not_waited_for_either()
    {
        var result = Shell("{ while sleep 0.05; do echo more; done; } & echo $!").Run();
        Assert.True(IsAlive(PidIn(result)), "it was waited for");
        Testing.Run.Program("kill", "/", $"{PidIn(result)}");
    }

    [Fact]
    public void A_program_that_is_not_there_is_named_with_the_package_that_brings_it()
    {
        var failure = Assert.Throws<IntreeFailure>(() => new Child("no-such-program", []).Run());
        Assert.Equal((FailureKind.Fatal, "cannot run no-such-program: No such file or directory"), (failure.Kind, failure.Message));
        Assert.Equal("install it: apt-get install no-such-program", failure.Hint);
        Assert.Throws<IntreeFailure>(() => new Child("/no/such/program", []).Run());
    }

    [Fact]
    public void The_first_line_that_reads_like_an_error_is_found()
    {
        var result = new ChildResult(
            2,
            ChildOutput.OfText("  CC a.o\na.c:1:2: error: 'x' undeclared\nmake: *** [a.o] Error 1\n"),
            TimedOut: false);
        Assert.Equal("a.c:1:2: error: 'x' undeclared", result.FirstError);
    }

    /// <summary>As if the log cannot be written.</summary>
    [Fact]
    public void A_listener_that_fails_ends_the_child()
    {
        var pid = 0;
        Assert.Throws<InvalidOperationException>(() => new Child("sh", ["-c", "echo $$; sleep 300"])
        {
            OnLine = line =>
            {
                pid = int.Parse(line.ToString(), System.Globalization.CultureInfo.InvariantCulture);
                throw new InvalidOperationException();
            },
        }.Run());
        Assert.False(IsAlive(pid));
    }

    [Fact]
    public void After_the_line_that_was_waited_for_the_child_is_ended()
    {
        var lines = new List<string>();
        var child = new Child("sh", ["-c", "while echo word; do :; done"])
        {
            OnLine = line => lines.Add(line.ToString()),
            Until = _ => lines.Count == 3,
        };
        Assert.False(child.Run().TimedOut);
        Assert.Equal(3, lines.Count);
    }

    /// <summary>SIGINT, SIGHUP and SIGTERM, also with separate streams.</summary>
    [Theory]
    [InlineData("HUP", false)]
    [InlineData("TERM", false)]
    [InlineData("HUP", true)]
    public void A_signal_ends_the_whole_tree_of_processes(string signal, bool apart)
    {
        Assert.SkipWhen(signal == "HUP" && IsIgnored(1), "skipped: these tests run with SIGHUP ignored, as nohup has it");
        var sleeper = 0;
        var child = new Child("sh", ["-c", "sleep 300 & echo $!; wait"])
        {
            Apart = apart,
            OnLine = line =>
            {
                sleeper = int.Parse(line.ToString(), System.Globalization.CultureInfo.InvariantCulture);
                System.Diagnostics.Process.Start("kill", [$"-{signal}", $"{Environment.ProcessId}"]).Dispose();
            },
        };
        Assert.Throws<OperationCanceledException>(() => child.Run());
        Assert.False(IsAlive(sleeper));
    }

    [Fact]
    public void A_program_can_be_asked_and_answers()
    {
        using var cat = new Child("cat", []).Converse();
        cat.Questions.Write("word\n"u8);
        cat.Questions.Flush();
        var answer = new byte[5];
        cat.Answers.ReadExactly(answer);
        Assert.Equal("word\n"u8, answer);
    }

    private static Child Shell(string script, bool apart = false) => new("sh", ["-c", script]) { Apart = apart };

    private static ChildResult Run(Child child) => child.Run();

    private static int PidIn(ChildResult result) =>
        int.Parse(result.Output.Lines().First().ToString(), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>By the mask of ignored signals of this process (proc_pid_status(5)), in hexadecimal.</summary>
    private static bool IsIgnored(int signal)
    {
        var mask = File.ReadLines("/proc/self/status").First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)).Split('\t')[1];
        return (Convert.ToUInt64(mask, 16) >> (signal - 1) & 1) == 1;
    }

    private static bool IsAlive(int process) =>
        File.Exists($"/proc/{process}/stat") && !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);

    /// <summary>Waits: a killed process takes a moment to exit.</summary>
    private static bool Ends(ChildResult result) => SpinWait.SpinUntil(() => !IsAlive(PidIn(result)), TimeSpan.FromSeconds(60));
}

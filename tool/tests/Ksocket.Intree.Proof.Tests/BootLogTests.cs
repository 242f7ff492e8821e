// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Proof.Judging;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof.Tests;

public class BootLogTests
{
    private const string Good = """
        Linux version 6.12
        tcp_server: listening on port 12345
        prove: ok 1 ms: lo
        prove: ok 12 ms: unload tcp_server
        prove: done

        """;

    [Fact]
    public void A_boot_that_did_everything_passes() => Log(Good).Judge(new ChildResult(0, ChildOutput.OfText(Good), TimedOut: false));

    /// <summary>5.10 to 6.12 under UML on a CPU with AMX: no program runs, whatever the tree.</summary>
    [Fact]
    public void A_processor_that_UML_does_not_support_is_not_held_against_the_tree()
    {
        var text = "Run /init as init process\nuserspace - ptrace set fp regs failed, errno = 14\n"
            + "Kernel panic - not syncing: Attempted to kill init! exitcode=0x0000000b\n";
        var failure = Assert.Throws<IntreeFailure>(() => Log(text).Judge(new ChildResult(134, ChildOutput.OfText(text), TimedOut: false)));
        Assert.Equal(FailureKind.Fatal, failure.Kind);
        Assert.Contains("--arch x86_64", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Silence_is_no_pass() => Refused("ended early", "Linux version 6.12\n");

    [Fact]
    public void Without_the_last_token_there_is_no_pass() =>
        Refused("ended early", Good.Replace("prove: done\n", "", StringComparison.Ordinal));

    [Fact]
    public void A_step_that_failed_is_reported() =>
        Refused("prove: failed: expect 20 x: not seen", "prove: failed: expect 20 x: not seen\n");

    [Theory]
    [InlineData("BUG: kernel NULL pointer dereference, address: 0000000000000010")]
    [InlineData("WARNING: CPU: 0 PID: 1 at net/core/sock.c:2069")]
    [InlineData("Kernel panic - not syncing: Oops")]
    [InlineData("INFO: task tcp_server:42 blocked for more than 120 seconds.")]
    [InlineData("BUG: KASAN: slab-use-after-free in kaccept")]
    [InlineData("unreferenced object 0x0000000061a2b000 (size 32):")]
    [InlineData("IPv4: Attempt to release alive inet socket 000000003b2a1c4d")]
    public void Trouble_on_the_way_is_no_pass(string line) =>
        Refused(line, Good.Replace("prove: done", line + "\nprove: done", StringComparison.Ordinal));

    [Fact]
    public void An_rmmod_of_more_than_a_second_is_no_pass() =>
        Refused("rmmod tcp_server took 1001 ms", Good.Replace("12 ms: unload", "1001 ms: unload", StringComparison.Ordinal));

    [Fact]
    public void A_boot_that_hangs_is_no_pass()
    {
        var failure = Assert.Throws<IntreeFailure>(
            () => Log("stuck\n").Judge(new ChildResult(137, ChildOutput.OfText("stuck\n"), TimedOut: true)));
        Assert.Contains("did not end", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("    ok 1 a_case\nok 1 ksocket_life\n")]
    [InlineData("    ok 1 - a_case\nok 1 - ksocket_life\n")]
    public void Suites_that_passed_pass(string ktap)
    {
        Log(ktap).JudgeSuites(["ksocket_life"]);
        Assert.Equal(1, Log(ktap).Cases);
    }

    [Theory]
    [InlineData("    not ok 1 a_case\nnot ok 1 ksocket_life\n", "not ok 1 a_case")]
    [InlineData("    ok 1 a_case # SKIP no family\nok 1 ksocket_life\n", "SKIP no family")]
    [InlineData("    # a_case: skipped: no family\n    ok 1 - a_case\nok 1 - ksocket_life\n", "skipped: no family")]
    [InlineData("    ok 1 a_case\n", "ksocket_life did not run")]
    [InlineData("", "ksocket_life did not run")]
    public void Suites_that_failed_or_did_not_wholly_run_are_no_pass(string ktap, string said) =>
        Assert.Contains(
            said,
            Assert.Throws<IntreeFailure>(() => Log(ktap).JudgeSuites(["ksocket_life"])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Only_the_samples_own_words_are_their_talk() =>
        Assert.Equal(
            ["tcp_server: listening on port 12345"],
            Log(Good + "prove: ok 3 ms: expect 20 tcp_server: listening on port 12345\n").SampleOutput([]));

    /// <summary>Distributions keep warnings from the console, or name the caller of each line.</summary>
    [Theory]
    [InlineData("Linux version 6.12.9 (x)\n", null)]
    [InlineData("[    0.000000][    T0] Linux version 6.12.9 (x)\n", null)]
    [InlineData("[    T0] Linux version 6.12.9 (x)\n", null)]
    [InlineData("Linux version 6.12.90 (x)\n", "the booted kernel printed: Linux version 6.12.90")]
    [InlineData("prove: done\n", "no version")]
    public void A_boot_of_another_kernel_or_one_without_a_name_is_no_pass(string log, string? said)
    {
        var failure = Record.Exception(() => Log(log).JudgeRelease("6.12.9"));
        Assert.Equal(said is null, failure is null);
        Assert.Contains(said ?? "", failure?.Message ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void The_end_of_lockdep_is_in_the_verdict()
    {
        var (kind, log) = (
            new KernelKind(Arch.Um, Debug: true),
            Good.Replace("prove: done", "prove: lockdep is off\nprove: done", StringComparison.Ordinal));
        Assert.Contains(
            "lockdep turned itself off before the end",
            new Verdict(Form.Module, kind).Judge(new ChildResult(0, ChildOutput.OfText(log), TimedOut: false)).Note,
            StringComparison.Ordinal);
        Assert.DoesNotContain(
            "lockdep",
            new Verdict(Form.Module, kind).Judge(new ChildResult(0, ChildOutput.OfText(Good), TimedOut: false)).Note,
            StringComparison.Ordinal);
    }

    private static BootLog Log(string console) => new(new ConsoleText(ChildOutput.OfText(console)));

    private static void Refused(string said, string log)
    {
        var failure = Assert.Throws<IntreeFailure>(() => Log(log).Judge(new ChildResult(0, ChildOutput.OfText(log), TimedOut: false)));
        Assert.Equal(FailureKind.NotProven, failure.Kind);
        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
    }
}

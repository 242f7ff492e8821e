// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Proof.Booting;
using Ksocket.Intree.Proof.Judging;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Proof.Working;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Proof.Tests;

/// <summary>Shell scripts that imitate known failures of kernels and emulators.</summary>
public sealed class FakeProgramTests : IDisposable
{
    private const string Boots = "echo Linux version 6.12; echo Run /init as init process; echo prove: done";

    private static readonly BootLimits Short = new(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(1));

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("exit 0", "the boot ended early; its last line was: (no output)")]
    [InlineData("sleep 60", "the boot did not end; its last line was: (no output)")]
    [InlineData("echo Linux version 6.12; sleep 60", "the boot did not end; its last line was: Linux version 6.12")]
    [InlineData(
        "echo Linux version 6.12; echo Run /init as init process",
        "the boot ended early; its last line was: Run /init as init process")]
    [InlineData("while echo still here; do sleep 0.5; done", "the boot did not end; its last line was: still here")]
    public void An_init_that_does_not_say_it_is_done_is_never_green(string kernel, string said)
    {
        using var log = new ProofLog(_temp.PathOf("log"));
        var run = new UserModeGuest(Script("linux", kernel), _temp.Root, log, 256, Short with { Whole = TimeSpan.FromSeconds(3) })
            .Run("initrd");
        var failure = Assert.Throws<IntreeFailure>(
            () => new Verdict(Form.BuiltIn, new KernelKind(Arch.Um, Debug: false)).Judge(run.Result));
        Assert.Equal(FailureKind.NotProven, failure.Kind);
        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
    }

    /// <summary>It panics where it cannot make $HOME/.uml: "Segfault with no mm".</summary>
    [Fact]
    public void A_user_mode_kernel_writes_to_no_folder_but_ours()
    {
        using var log = new ProofLog(_temp.PathOf("log"));
        var run = new UserModeGuest(Script("linux", "echo $TMPDIR $HOME"), _temp.Root, log, 256, Short).Run("initrd");
        Assert.Equal($"{_temp.Root} {_temp.Root}\n", run.Result.Output.ToString());
    }

    /// <summary>/dev/kvm may be accessible, but the guest hangs.</summary>
    [Fact]
    public void A_guest_that_hangs_under_KVM_is_booted_without_it()
    {
        var run = Emulate($"case $* in *'-accel kvm'*) sleep 60 ;; *) {Boots} ;; esac");
        Assert.True(run.Result.Succeeded, run.Result.Output.ToString());
        Assert.Contains(
            CanUseKvm ? "with tcg (/dev/kvm is accessible, but a guest hung for 5 s)" : "with tcg (/dev/kvm is not accessible)",
            run.Note,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_guest_that_runs_under_KVM_stays_there()
    {
        Assert.SkipUnless(CanUseKvm, "skipped: no /dev/kvm for us");
        Assert.Equal("QEMU 10.0.2 with kvm", Emulate(Boots).Note);
    }

    [Fact]
    public void A_death_before_init_in_an_emulator_known_for_it_is_tried_again()
    {
        var run = Emulate(
            $"[ -e {_temp.PathOf("died")} ] || {{ touch {_temp.PathOf("died")}; echo Linux version 6.12; exit 1; }}; {Boots}",
            "tcg",
            "7.2.1");
        Assert.Contains("attempt 2: QEMU crashed before /init", run.Note, StringComparison.Ordinal);
    }

    /// <summary>The suites and initcalls run before /init: their intermittent faults must not be retried.</summary>
    [Theory]
    [InlineData("echo Run /init as init process; exit 1", "7.2.1")]
    [InlineData("echo Kernel panic - not syncing", "7.2.1")]
    [InlineData("echo '    ok 1 a_case'; exit 1", "7.2.1")]
    [InlineData("echo 'tcp_server: listening on port 12345'; exit 1", "7.2.1")]
    [InlineData("sleep 60", "7.2.1")]
    [InlineData("echo Linux version 6.12; exit 1", "10.0.2")]
    public void Any_other_failure_is_never_tried_again(string failure, string version)
    {
        Emulate($"echo started >>{_temp.PathOf("starts")}; {failure}", "tcg", version);
        Assert.Single(File.ReadAllLines(_temp.PathOf("starts")));
    }

    /// <summary>The output of a trial boot is discarded.</summary>
    [Fact]
    public void The_trial_of_KVM_ends_with_the_first_line()
    {
        Assert.SkipUnless(CanUseKvm, "skipped: no /dev/kvm for us");
        Emulate($"echo Linux version 6.12; echo came >>{_temp.PathOf("came")}; sleep 0.5; echo far >>{_temp.PathOf("far")}");
        Assert.Equal(2, File.ReadAllLines(_temp.PathOf("came")).Length);
        Assert.Single(File.ReadAllLines(_temp.PathOf("far")));
    }

    private static bool CanUseKvm
    {
        get
        {
            try
            {
                using var device = new FileStream("/dev/kvm", FileMode.Open, FileAccess.ReadWrite);
                return true;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }
    }

    /// <param name="script">The script of the emulator.</param>
    /// <param name="only">The only accelerator that it supports.</param>
    private GuestRun Emulate(string script, string? only = null, string version = "10.0.2")
    {
        using var log = new ProofLog(_temp.PathOf("log"));
        var emulator = new Emulator(
            Script("qemu", only is null ? script : $"case $* in *'-accel {only}'*) {script} ;; *) exit 1 ;; esac"),
            [],
            Version.Parse(version));
        return new QemuGuest(emulator, "vmlinux", log, 256, Short, console => new BootLog(console).IsUneventful).Run("initrd");
    }

    private string Script(string name, string body)
    {
        var path = _temp.PathOf(name);
        File.WriteAllText(path, $"#!/bin/sh\n{body}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return path;
    }
}

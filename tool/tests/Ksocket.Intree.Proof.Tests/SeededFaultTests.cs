// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Proof.Checking;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Proof.Tests;

/// <summary>Each fault seeded into 6.12 makes the expected step fail.</summary>
[Collection(RealKernels.OneAtATime)]
public sealed class SeededFaultTests(SeededTree seeded, ITestOutputHelper output) : IClassFixture<SeededTree>
{
    /// <summary>gcc's messages are in English in any locale.</summary>
    static SeededFaultTests() => Environment.SetEnvironmentVariable("LANG", "C.UTF-8");

    public static IEnumerable<TheoryDataRow<string>> Faults() => SeededFaults.All.Select(Row);

    public static IEnumerable<TheoryDataRow<string>> Detected() => SeededFaults.Detected.Select(Row);

    /// <summary>Half of them each day: one costs an incremental build and a boot, half a minute.</summary>
    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_red_where_it_shows_and_named_for_what_it_is(string name)
    {
        var fault = SeededFaults.All.Single(fault => fault.Name == name);
        Skip.UnlessItsTurn(SeededFaults.All.IndexOf(fault) % 2, of: 2);
        Finds(fault);
    }

    /// <summary>Only in tool/check faults: a debug kernel takes ten minutes to build.</summary>
    [Theory(Explicit = true)]
    [MemberData(nameof(Detected))]
    public void What_only_a_detector_sees_is_red_too(string name) => Finds(SeededFaults.Detected.Single(fault => fault.Name == name));

    [Fact]
    public void A_call_that_no_module_may_make_is_fine_when_built_in()
    {
        var fault = new SeededFault("built in", Form.BuiltIn, StepKind.Verdict, "", "", SeededFaults.NotExported);
        using (fault.In(seeded.Tree, out _))
        {
            Proves(debug: false, fault.Form);
        }
    }

    /// <summary>Settings cost the objects that use them: here one, in the folder of all other faults.</summary>
    [Fact]
    public void A_tree_that_needs_an_option_is_proven_with_it()
    {
        var edit = new Edit(
            "drivers/ksocket/socket.c",
            "#include <linux/net.h>",
            "#include <linux/net.h>\n#ifndef CONFIG_CRC8\n#error this tree needs CONFIG_CRC8\n#endif");
        var fault = new SeededFault("an option", Form.BuiltIn, StepKind.Build, "this tree needs CONFIG_CRC8", "", edit);
        Finds(fault);
        using (fault.In(seeded.Tree, out _))
        {
            Proves(debug: false, [new("CRC8", "y")], Form.BuiltIn);
        }
    }

    [Theory]
    [InlineData("NO_SUCH_OPTION", "y",
        "kconfig dropped CONFIG_NO_SUCH_OPTION=y; .config has no such line",
        "no Kconfig of this tree defines NO_SUCH_OPTION")]
    [InlineData("NF_TABLES", "y", "kconfig dropped CONFIG_NF_TABLES=y", "net/netfilter/Kconfig:")]
    [InlineData("CRYPTO", "n", "kconfig dropped CONFIG_CRYPTO=n; .config has CONFIG_CRYPTO=y", "MPTCP selects CRYPTO")]
    [InlineData("LOG_BUF_SHIFT", "99",
        "kconfig dropped CONFIG_LOG_BUF_SHIFT=99; .config has CONFIG_LOG_BUF_SHIFT=",
        "its range does not allow 99")]
    public void An_option_that_kconfig_drops_is_named_with_the_reason(string symbol, string value, string said, string why)
    {
        var red = Assert.Single(Prove(debug: false, SeededFault.Patience, [new(symbol, value)], Form.BuiltIn)).Failed!;
        Assert.Equal(StepKind.Configure, red.Step.Kind);
        Assert.Contains(said, red.Note, StringComparison.Ordinal);
        Assert.Contains(why, red.Diagnosis!.Cause, StringComparison.Ordinal);
    }

    /// <summary>A script with a module of its own, in the kernel that the other tests build.</summary>
    [Theory]
    [InlineData("unload accepts", null, "the test ended without a failure")]
    [InlineData("load /none.ko", "prove: failed: load /none.ko: open: No such file or directory", "")]
    [InlineData("expect 1 no such line", "prove: failed: expect 1 no such line: not in the kernel log after 1 s", "")]
    [InlineData("apart lo; put /nowhere 1", "prove: failed: apart lo; put /nowhere 1: a command in the new namespace failed", "")]
    public void A_test_of_the_user_is_judged_by_its_script_and_the_kernel_log(string last, string? fault, string note)
    {
        var script = $"lo\nload /accepts.ko cycles=10\nexpect 5 10 of 10 connections accepted\n# a comment\n{last}\n";
        var test = new OwnTest(System.Text.Encoding.UTF8.GetBytes(script), [Repository.PathOf("tool/tests/modules/accepts")]);
        var request = new ProofRequest(seeded.Tree, Form.OwnTest, RealKernels.Work)
        {
            Limits = SeededFault.Patience,
            Settings = [new("NAMESPACES", "y"), new("NET_NS", "y")],
            Test = test,
        };
        var report = Assert.Single(Prover.Run(request, new StepOutput(output), TestContext.Current.CancellationToken));
        Assert.Equal(StepKind.Verdict, report.Steps[^1].Step.Kind);
        Assert.Equal(fault is null, report.Proven);
        Assert.Contains(fault ?? note, report.Steps[^1].Note, StringComparison.Ordinal);
        Assert.Contains(report.SampleOutput, line => line.StartsWith("accepts: 10 of 10 connections", StringComparison.Ordinal));
    }

    /// <summary>Without a fault, the proof passes.</summary>
    [Fact]
    public void Without_a_fault_the_same_tree_is_proven() => Proves(debug: false, Form.BuiltIn, Form.Tests, Form.Module);

    [Fact(Explicit = true)]
    public void Without_a_fault_the_detectors_say_nothing() => Proves(debug: true, Form.BuiltIn);

    /// <summary>The name in the test report.</summary>
    private static TheoryDataRow<string> Row(SeededFault fault) => new(fault.Name) { TestDisplayName = fault.Name };

    private void Proves(bool debug, params Form[] forms) => Proves(debug, [], forms);

    private void Proves(bool debug, IReadOnlyList<ConfigSetting> settings, params Form[] forms)
    {
        var reports = Prove(debug, SeededFault.Patience, settings, forms);
        Assert.Equal(forms, reports.Select(report => report.Form));
        Assert.All(reports, report => Assert.True(report.Proven, $"{report.Failed?.Name}: {report.Failed?.Note}; see {report.Log}"));
    }

    private void Finds(SeededFault fault)
    {
        using (fault.In(seeded.Tree, out var note))
        {
            var report = Assert.Single(Prove(SeededFaults.Detected.Contains(fault), fault.Limits, [], fault.Form));
            Assert.False(report.Proven, $"a false green; see {report.Log}");
            var red = report.Failed!;
            Assert.Equal(fault.Step, red.Step.Kind);
            Assert.Contains(note, red.Note, StringComparison.Ordinal);
            Assert.Contains(fault.Cause, red.Diagnosis!.Cause, StringComparison.Ordinal);
            Assert.Same(red, report.Steps[^1]); // dependent steps were not run
        }
    }

    /// <summary>In the shared work folder: each fault costs an incremental build and a boot.</summary>
    private List<ProofReport> Prove(bool debug, BootLimits limits, IReadOnlyList<ConfigSetting> settings, params Form[] forms)
    {
        var request = new ProofRequest(seeded.Tree, forms, new KernelKind(Arch.Um, debug), Checks.None, RealKernels.Work)
        {
            Limits = limits,
            Settings = settings,
        };
        return [.. Prover.Run(request, new StepOutput(output), TestContext.Current.CancellationToken)];
    }
}

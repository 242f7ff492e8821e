// SPDX-License-Identifier: GPL-2.0-only
using System.Xml.Linq;
using Ksocket.Intree.Core;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Proof.Reporting;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Proof.Tests;

/// <summary>The same proofs as JUnit XML and as HTML.</summary>
public class ReportTests
{
    private const string Program = "ksocket-intree 1.0.0 (<commit>)";

    private const string Ktap = "    ok 1 a_case\nok 1 ksocket_life\n";

    private static readonly ProofStep Failed = new(
        StepKind.Verdict,
        Outcome.Failed,
        TimeSpan.FromSeconds(1),
        null,
        "the kernel reported: BUG: <bad> & \e[31mworse",
        new Diagnosis("BUG", "a \"cause\"", "make -C <x>"));

    private static readonly IReadOnlyList<TreeProof> Proofs =
    [
        new(
            "linux-6.12",
            [
                Report(Form.Tests, Step(StepKind.Build, Outcome.Passed), Step(StepKind.Sparse, Outcome.Skipped)),
                Report(Form.Module, Step(StepKind.Build, Outcome.Passed), Failed),
            ],
            null),
        new("linux-5.4", [], IntreeFailure.NotUnderstood("linux-5.4: no <sockptr>")),
    ];

    [Fact]
    public void Junit_counts_every_step_and_keeps_what_KUnit_said()
    {
        var suites = XDocument.Parse(JunitReport.Write(Proofs)).Root!.Elements("testsuite").ToList();
        Assert.Equal(
            ["linux 6.12.1 um KUnit", "linux 6.12.1 um as modules", "linux-5.4"],
            suites.Select(suite => suite.Attribute("name")!.Value));
        Assert.Equal(["0", "1", "1"], suites.Select(suite => suite.Attribute("failures")!.Value));
        Assert.Equal("1", suites[0].Attribute("skipped")!.Value);
        Assert.Equal(Ktap, suites[0].Element("system-out")!.Value);
        Assert.Contains(
            "<bad> & [31mworse",
            suites[1].Descendants("failure").Single().Attribute("message")!.Value,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_added_to_the_configuration_is_in_each_report()
    {
        var report = Proofs[0].Reports[0] with { Settings = [new("CMDLINE", "\"<a>\"")] };
        IReadOnlyList<TreeProof> proofs = [Proofs[0] with { Reports = [report] }];
        var property = XDocument.Parse(JunitReport.Write(proofs)).Descendants("property").Single();
        Assert.Equal(("CONFIG_CMDLINE", "\"<a>\""), (property.Attribute("name")!.Value, property.Attribute("value")!.Value));
        Assert.Contains(
            "added to the configuration: CONFIG_CMDLINE=&quot;&lt;a&gt;&quot;",
            HtmlReport.Write(proofs, Program),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_kernel_that_was_not_booted_is_not_called_proven()
    {
        var report = Proofs[0].Reports[0] with { Kind = new(Arch.Arm64, Debug: false) };
        Assert.False(report.IsBooted);
        var page = HtmlReport.Write([Proofs[0] with { Reports = [report] }], Program);
        Assert.Contains("built, not booted</a>", page, StringComparison.Ordinal);
        Assert.True((report with { Steps = [Step(StepKind.Boot, Outcome.Passed)] }).IsBooted);
    }

    /// <summary>KUnit without suites prints a header, which must not replace the output of the samples in a report.</summary>
    [Theory]
    [InlineData(Form.BuiltIn, "")]
    [InlineData(Form.Tests, "KTAP version 1\n1..0\n")]
    public void KUnit_is_heard_where_suites_were_asked_for(Form form, string ktap)
    {
        var (name, kind) = (new ProofName("linux", "6.12.1", form), new KernelKind(Arch.Um, Debug: false));
        var boot = new ChildResult(0, ChildOutput.OfText("KTAP version 1\n1..0\n"), TimedOut: false);
        Assert.Equal(ktap, ProofReport.Of(name, kind, [], boot, null, "x.log").Ktap);
    }

    [Fact]
    public void The_page_is_whole_in_itself_and_escapes_what_a_kernel_says()
    {
        var page = HtmlReport.Write(Proofs, Program);
        Assert.Contains(
            "<p>Made by ksocket-intree 1.0.0 (&lt;commit&gt;) on 2026-11-28; ksocket 01234567; built with gcc 12.</p>",
            page,
            StringComparison.Ordinal);
        Assert.Contains("<li>as modules:", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("http", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<bad>", page, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', page);
        Assert.Contains("&lt;bad&gt; &amp;", page, StringComparison.Ordinal);
        Assert.Contains("<details><summary>Kernel log</summary>", page, StringComparison.Ordinal);
        Assert.Contains("verdict failed", page, StringComparison.Ordinal);
        Assert.Contains("– skipped", page, StringComparison.Ordinal);
        Assert.Contains("refused", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_check_that_was_skipped_leaves_a_proof_incomplete()
    {
        Assert.Equal(ProofResult.ProvenWithSkippedChecks, ProofMatrix.ResultOf([Proofs[0] with { Reports = [Proofs[0].Reports[0]] }]));
        Assert.Equal(
            ProofResult.Proven,
            ProofMatrix.ResultOf([new TreeProof("linux", [Report(Form.Tests, Step(StepKind.Build, Outcome.Passed))], null)]));
        Assert.Equal(ProofResult.NotProven, ProofMatrix.ResultOf(Proofs));
    }

    /// <summary>A worktree has the version of its repository.</summary>
    [Fact]
    public void Two_trees_of_one_version_have_different_names()
    {
        IReadOnlyList<TreeProof> both =
        [
            Proofs[0],
            Proofs[0] with { Name = "other", Reports = [.. Proofs[0].Reports.Select(report => report with { Tree = "other" })] },
        ];
        var page = HtmlReport.Write(both, Program);
        Assert.Equal(4, System.Text.RegularExpressions.Regex.Count(page, "<article id=\"proof-[1-4]\">"));
        Assert.Contains("href=\"#proof-4\"", page, StringComparison.Ordinal);
        var names = XDocument.Parse(JunitReport.Write(both)).Root!.Elements("testsuite")
            .Select(suite => suite.Attribute("name")!.Value)
            .ToList();
        Assert.Equal(names.Count, names.Distinct().Count());
    }

    private static ProofStep Step(StepKind kind, Outcome outcome) =>
        new(kind, outcome, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3), "note");

    private static ProofReport Report(Form form, params ProofStep[] steps) =>
        new(
            "linux-6.12",
            "6.12.1",
            new KernelKind(Arch.Um, Debug: false),
            form,
            steps,
            ["tcp_server: listening"],
            form == Form.Tests ? Ktap : "",
            "Linux version 6.12",
            "x.log")
        {
            Date = new DateOnly(2026, 11, 28),
            Driver = "0123456789abcdef",
            Compiler = "gcc 12",
        };
}

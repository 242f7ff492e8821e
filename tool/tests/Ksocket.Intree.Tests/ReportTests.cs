// SPDX-License-Identifier: GPL-2.0-only
using System.Text.Json;
using System.Xml.Linq;
using Ksocket.Intree.Answers;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>The verb report, and the list of work whose results it joins.</summary>
public sealed class ReportTests : IDisposable
{
    private const string Compiler = "gcc (Debian 12.2.0-14) 12.2.0";

    private static readonly string Today = DriverSource.Bundled.Hash;

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Results_of_many_runs_are_one_matrix_oldest_kernel_first()
    {
        var run = Cli.Run(
            "report",
            Record("6.12.1", Result("built in"), Result("KUnit") with { Cases = 189 }),
            Record("6.2.0", Result("built in") with { Driver = "another" }),
            Record("6.2.0-rc5", Result("as modules") with { Arch = "x86_64", Debug = true }));
        Assert.Equal(ExitCode.Done, run.Exit);
        Assert.Equal(
            $"""
            kernel                     built in                          as modules          KUnit
            6.2.0-rc5 (x86_64, debug)  not proved                        passed, 2026-11-27  not proved
            6.2.0 (um)                 passed, 2026-11-27, older driver  not proved          not proved
            6.12.1 (um)                passed, 2026-11-27                not proved          189 cases, 2026-11-27
            3 kernels, 6.2.0-rc5 to 6.12.1: 4 of 4 proofs passed, 1 of an older driver; driver {Today[..12]}

            """,
            run.Answer);
    }

    [Fact]
    public void Of_two_results_the_newer_counts_whatever_the_order_of_the_files()
    {
        var old = Record("6.12.1", Failed("built in") with { Date = "2026-11-26" });
        var @new = Record("6.12.1", Result("built in"));
        Assert.Equal(ExitCode.Done, Cli.Run("report", old, @new).Exit);
        Assert.Equal(ExitCode.Done, Cli.Run("report", @new, old).Exit);
        Assert.Equal(ExitCode.NotProven, Cli.Run("report", old).Exit);
    }

    [Fact]
    public void A_failure_is_named_in_every_format()
    {
        var failed = Record("6.12.1", Failed("built in") with { Warnings = Outcome.Skipped });
        var run = Cli.Run("report", failed, "--html", Out("html"), "--junit", Out("xml"), "--markdown", Out("md"), "--badge", Out("svg"));
        Assert.Equal(ExitCode.NotProven, run.Exit);
        Assert.Contains("failed: 6.12.1 (um), built in: build: a.c:1: error: 'x' < 'y'", run.Answer, StringComparison.Ordinal);
        Assert.Contains("| 6.12.1 (um) | FAILED: build, 2026-11-27 |", File.ReadAllText(Out("md")), StringComparison.Ordinal);
        Assert.Contains("a.c:1: error: &#39;x&#39; &lt; &#39;y&#39;", File.ReadAllText(Out("html")), StringComparison.Ordinal);
        Assert.Equal("ksocket: 1 proof failed", XDocument.Load(Out("svg")).Root!.Attribute("aria-label")!.Value);
        var suite = XDocument.Load(Out("xml")).Root!.Element("testsuite")!;
        Assert.Equal(["2", "1", "1"], ((string[])["tests", "failures", "skipped"]).Select(name => suite.Attribute(name)!.Value));
        using var json = JsonDocument.Parse(Cli.Run("--json", "report", failed).Answer);
        Assert.False(json.RootElement.GetProperty("passed").GetBoolean());
        Assert.Equal("6.12.1", json.RootElement.GetProperty("kernels")[0].GetProperty("kernel").GetString());
    }

    /// <summary>What prove --json prints has paths; what is published has none.</summary>
    [Fact]
    public void A_page_has_links_to_logs_and_no_path_of_the_machine()
    {
        var answer = new ProofsAnswer(
            false,
            [
                new ProofAnswer(
                    "/home/user/linux", "6.12.1", "um", false, "built in", false, 1, null,
                    [
                        new StepAnswer(
                            "build", false, Outcome.Failed, 1, null, "",
                            new DiagnosisAnswer("/home/user/work/6.12.1-0a/source/net/a.c:1: error", "cause", "cd /home/user")),
                    ],
                    [], "/home/user/work/6.12.1-0a/built in.log", Today, 0, [], true, Compiler, "2026-11-27"),
            ],
            [], false);
        var file = _temp.PathOf("answer.json");
        File.WriteAllText(file, JsonSerializer.Serialize(answer, AnswerJson.Default.ProofsAnswer));
        Cli.Run("report", file, "--html", Out("html"), "--logs", "https://example.org/logs/");
        var page = File.ReadAllText(Out("html"));
        Assert.Contains("<a href=\"https://example.org/logs/built%20in.log\">log</a>", page, StringComparison.Ordinal);
        Assert.Contains("build: net/a.c:1: error", page, StringComparison.Ordinal);
        Assert.Contains(Compiler, page, StringComparison.Ordinal);
        Assert.DoesNotContain("/home/user", page, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_result_is_refused_and_nothing_is_written()
    {
        Cli.Run("report", _temp.PathOf("none"), "--html", Out("html")).RefusesWith(ExitCode.NotUnderstood, "no such file");
        var text = _temp.PathOf("text");
        File.WriteAllText(text, "passed\n");
        Cli.Run("report", text, "--html", Out("html")).RefusesWith(ExitCode.NotUnderstood, $"{text}:1: ");
        Assert.False(File.Exists(Out("html")));
        var record = Record("6.12.1", Result("built in"));
        Cli.Run("report", record, "--logs", "https://example.org").RefusesWith(ExitCode.Usage, "--logs needs --html");
        Cli.Run("report", record, "--html", Out("html"), "--logs", "javascript:x").RefusesWith(ExitCode.Usage, "--logs: 'javascript:x'");
        Cli.Run("report", record, "--html", _temp.PathOf("gone/page")).RefusesWith(ExitCode.Fatal, _temp.PathOf("gone/page"));
    }

    /// <summary>tool/lines writes it with the table.</summary>
    [Fact]
    public void The_badge_of_README_is_that_of_the_records()
    {
        string[] records = Directory.GetFiles(Repository.PathOf("patches/proofs"), "*.json");
        Cli.Run(["report", .. records.Order(StringComparer.Ordinal), "--badge", Out("svg")]);
        Assert.Equal(File.ReadAllText(Repository.PathOf("tool/docs/proofs.svg")), File.ReadAllText(Out("svg")));
    }

    [Fact]
    public void The_list_of_work_has_a_command_for_each_tree_and_form()
    {
        var tree = _temp.PathOf("a tree");
        LiteralKernel.Named().WriteTo(tree);
        var run = Cli.Run("prove", "--list", "--all", "--warnings", "--set", "CONFIG_X=y", tree);
        Assert.Equal(ExitCode.Done, run.Exit);
        Assert.Equal(
            $"""
            ksocket-intree prove --json --built-in --warnings --set CONFIG_X=y '{tree}'
            ksocket-intree prove --json --kunit --warnings --set CONFIG_X=y '{tree}'
            ksocket-intree prove --json --module --warnings --set CONFIG_X=y '{tree}'

            """,
            run.Answer);
        Cli.Run("prove", "--list", "--html", Out("html"), tree).RefusesWith(ExitCode.Usage, "--list and --html exclude each other");
        Cli.Run("prove", "--list", _temp.PathOf("none")).RefusesWith(ExitCode.NotUnderstood, "there is no folder");
    }

    private static RecordedProof Result(string form) => new(
        form, "um", false, [], "2026-11-27", Compiler, Today, true, Outcome.Passed, null, 0, null, null, null);

    private static RecordedProof Failed(string form) => Result(form) with
    {
        Verdict = Outcome.Failed,
        Failure = new RecordedFailure("build", "a.c:1: error: 'x' < 'y'"),
    };

    private string Record(string kernel, params RecordedProof[] proofs)
    {
        var path = _temp.PathOf($"{Guid.NewGuid():N}.json");
        File.WriteAllText(path, new ProofRecord(kernel, proofs).ToJson());
        return path;
    }

    private string Out(string name) => _temp.PathOf($"out.{name}");
}

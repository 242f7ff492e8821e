// SPDX-License-Identifier: GPL-2.0-only
using System.Text.Json;
using Ksocket.Intree.Answers;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Proof;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>The results of prove in the cover letter of a series.</summary>
public sealed class ProvedTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public ProvedTests() => LiteralKernel.Named().WriteTo(_temp.PathOf("linux"));

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void The_cover_letter_shows_kernels_down_and_what_was_proved_across()
    {
        var first = Answer(
            "first.json",
            new TreeProof(
                "/src/linux-6.12",
                [Report("6.12.1", Form.BuiltIn, 0, Outcome.Passed), Report("6.12.1", Form.Tests, 150, Outcome.Skipped)],
                null));
        var second = Answer(
            "second.json",
            new TreeProof("/src/linux-7.3", [Report("7.3.4", Form.BuiltIn, 0, Outcome.Failed)], null),
            new TreeProof("/src/linux-5.4", [], IntreeFailure.NotUnderstood("too old")));
        Assert.Equal(ExitCode.Done, Series("--proof", first, "--proof", second).Exit);

        var letter = File.ReadAllText(_temp.PathOf("out/0000-cover-letter.patch"));
        Assert.Contains(
            """
            Shown by ksocket-intree prove, which builds, boots and judges:

              linux      on       built in      KUnit     sparse
              6.12.1     um       pass          150 pass  skipped
              7.3.4      um       FAILED: boot  -         pass
              linux-5.4  refused

            """,
            letter,
            StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, Cli.Run("verify", _temp.PathOf("out")).Exit);
    }

    [Fact]
    public void What_was_added_to_the_configuration_is_shown_beside_the_kernel()
    {
        var report = Report("6.12.1", Form.BuiltIn, 0, Outcome.Passed) with { Settings = [new("HZ", "100"), new("COREDUMP", "n")] };
        Assert.Equal(ExitCode.Done, Series("--proof", Answer("set.json", new TreeProof("/a", [report], null))).Exit);
        Assert.Contains(
            "6.12.1  um, CONFIG_HZ=100, CONFIG_COREDUMP=n  pass",
            File.ReadAllText(_temp.PathOf("out/0000-cover-letter.patch")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_not_booted_is_shown_as_built()
    {
        var report = Report("6.12.1", Form.BuiltIn, 0, Outcome.Passed) with { Kind = new(Arch.Arm64, Debug: false), Steps = [] };
        report = report with { Steps = [Step(StepKind.Build, Outcome.Passed)] };
        Assert.Equal(ExitCode.Done, Series("--proof", Answer("arm.json", new TreeProof("/a", [report], null))).Exit);
        Assert.Contains("6.12.1  arm64  built\n", File.ReadAllText(_temp.PathOf("out/0000-cover-letter.patch")), StringComparison.Ordinal);
    }

    /// <summary>Two trees of one version: the other does not hide a failure.</summary>
    [Fact]
    public void The_worst_of_a_version_is_what_is_shown()
    {
        var proof = Answer(
            "both.json",
            new TreeProof("/a", [Report("6.12.1", Form.BuiltIn, 0, Outcome.Failed)], null),
            new TreeProof("/b", [Report("6.12.1", Form.BuiltIn, 0, Outcome.Passed)], null));
        Assert.Equal(ExitCode.Done, Series("--proof", proof).Exit);
        Assert.Contains(
            "6.12.1  um  FAILED: boot",
            File.ReadAllText(_temp.PathOf("out/0000-cover-letter.patch")),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "not this tool's")]
    [InlineData("0123456789abcdef", "0123456789ab")]
    public void A_proof_of_another_driver_is_refused(string? driver, string said)
    {
        var proof = Answer(
            "other.json",
            new TreeProof("/src/linux-6.12", [Report("6.12.1", Form.BuiltIn, 0, Outcome.Passed) with { Driver = driver }], null));
        Series("--proof", proof).RefusesWith(ExitCode.InTheWay, proof, "another driver", said, "/src/linux-6.12");
        Assert.False(Directory.Exists(_temp.PathOf("out")));
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("{}")]
    [InlineData("{\"proven\": true, \"proofs\": [], \"refused\": []}")]
    [InlineData("null")]
    public void What_is_no_answer_of_prove_is_refused(string text)
    {
        File.WriteAllText(_temp.PathOf("bad.json"), text);
        Series("--proof", _temp.PathOf("bad.json")).RefusesWith(ExitCode.NotUnderstood, "bad.json", "prove --json");
    }

    [Fact]
    public void A_proof_that_is_not_there_is_refused() => Series("--proof", _temp.PathOf("none.json")).RefusesWith(
        ExitCode.NotUnderstood,
        "none.json",
        "prove --json");

    /// <summary>Without --cover-letter: --proof adds it.</summary>
    private Cli Series(params string[] words) => Cli.Run(
        ["series", "-o", _temp.PathOf("out"), .. words, _temp.PathOf("linux")]);

    private string Answer(string name, params TreeProof[] proofs)
    {
        File.WriteAllText(_temp.PathOf(name), JsonSerializer.Serialize(ProofsAnswer.Of(proofs), AnswerJson.Default.ProofsAnswer));
        return _temp.PathOf(name);
    }

    private static ProofReport Report(string version, Form form, int cases, Outcome outcome) => new(
        "/src/linux-" + version[..^2], version, new KernelKind(Arch.Um, Debug: false), form,
        [
            Step(StepKind.Boot, outcome == Outcome.Failed ? outcome : Outcome.Passed),
            Step(StepKind.Sparse, outcome == Outcome.Failed ? Outcome.Passed : outcome),
        ],
        [], "", "", "x.log")
    {
        Driver = DriverSource.Bundled.Hash,
        Cases = cases,
    };

    private static ProofStep Step(StepKind kind, Outcome outcome) => new(kind, outcome, TimeSpan.FromSeconds(1), null, "a note");
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Text;
using CsCheck;
using Ksocket.Intree.Answers;
using Ksocket.Intree.Core;
using Ksocket.Intree.Proof;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>The file of prove --record.</summary>
public sealed class ProofRecordTests : IDisposable
{
    private const int Cases = 20_000;

    private const string Work = "/home/user/work";

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    /// <summary>tool/proofs.sh reads it line by line.</summary>
    [Fact]
    public void A_record_has_one_value_a_line_and_nothing_of_the_machine()
    {
        var line = $"{Work}/6.12.1-0a0b0c0d/source/net/core/sock.c:12:3: error: 'x' undeclared";
        var failed = Report(Form.Module, "6.12.1", Outcome.Failed) with
        {
            Steps = [Step(StepKind.Build, Outcome.Failed) with { Diagnosis = new Diagnosis(line, "a cause", "cd /home/user; make") }],
        };
        Assert.Equal(
            """
            {
              "kernel": "6.12.1",
              "proofs": [
                {
                  "form": "built in",
                  "arch": "um",
                  "debug": false,
                  "settings": [],
                  "date": "2026-11-27",
                  "compiler": "gcc (Debian 12.2.0-14+deb12u1) 12.2.0",
                  "driver": "0123abcd",
                  "booted": true,
                  "verdict": "passed",
                  "failure": null,
                  "cases": 7,
                  "warnings": "passed",
                  "sparse": "skipped",
                  "checkpatch": null
                },
                {
                  "form": "as modules",
                  "arch": "um",
                  "debug": false,
                  "settings": [],
                  "date": "2026-11-27",
                  "compiler": "gcc (Debian 12.2.0-14+deb12u1) 12.2.0",
                  "driver": "0123abcd",
                  "booted": false,
                  "verdict": "failed",
                  "failure": {
                    "step": "build",
                    "line": "net/core/sock.c:12:3: error: 'x' undeclared"
                  },
                  "cases": 7,
                  "warnings": null,
                  "sparse": null,
                  "checkpatch": null
                }
              ]
            }

            """,
            Record(null, failed, Report(Form.BuiltIn, "6.12.1", Outcome.Passed)).ToJson());
    }

    [Fact]
    public void A_form_keeps_its_last_result_and_another_release_starts_anew()
    {
        var first = Record(null, Report(Form.BuiltIn, "6.12.1", Outcome.Failed), Report(Form.Tests, "6.12.1", Outcome.Passed));
        var second = Record(first, Report(Form.BuiltIn, "6.12.1", Outcome.Passed));
        Assert.Equal([("built in", Outcome.Passed), ("KUnit", Outcome.Passed)], second.Proofs.Select(one => (one.Form, one.Verdict)));
        var debug = Report(Form.BuiltIn, "6.12.1", Outcome.Passed) with { Kind = new KernelKind(Arch.Um, Debug: true) };
        Assert.Equal(3, Record(second, debug).Proofs.Count);
        Assert.Equal("KUnit", Assert.Single(Record(second, Report(Form.Tests, "6.12.2", Outcome.Passed)).Proofs).Form);
    }

    [Theory]
    [InlineData("\"verdict\": \"passed\"", "\"verdict\": 0", 13, "could not be converted")]
    [InlineData("\"verdict\": \"passed\"", "\"verdict\": \"failed\"", 1, "the verdict of 'built in'")]
    [InlineData("\"debug\": false", "\"debug\": false, \"debug\": true", 7, "Duplicate property")]
    [InlineData("\"debug\": false", "\"debag\": false", 7, "debag")]
    [InlineData("      \"cases\": 7,\n", "", 1, "missing required")]
    [InlineData("built in", "built out", 1, "the form 'built out' is not one of built in, as modules,")]
    [InlineData("2026-11-27", "27.11.2026", 1, "the date '27.11.2026'")]
    [InlineData("\"kernel\": \"6.12.1\"", "\"kernel\": \"6.12\\u0000\"", 1, "control character: '6.12'")]
    [InlineData("\"kernel\": \"6.12.1\"", "\"kernel\": \"\\ud800\"", 1, "")]
    [InlineData("\"proofs\": [", "\"proofs\": [null, ", 1, "null is no value here")]
    public void A_record_that_prove_did_not_write_is_refused_before_the_build(string find, string replace, int line, string said)
    {
        var path = _temp.PathOf("record.json");
        var text = Record(null, Report(Form.BuiltIn, "6.12.1", Outcome.Passed)).ToJson();
        Assert.Contains(find, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(find, replace, StringComparison.Ordinal));
        var run = Prove(path);
        run.RefusesWith(ExitCode.NotUnderstood, path, said);
        Assert.Matches($"record.json:{(line == 1 ? "[0-9]+" : line)}: not a record of prove: ", run.Messages);
    }

    [Fact]
    public void Whatever_a_record_holds_it_is_read_or_there_is_one_failure_with_file_and_line()
    {
        var bytes = Encoding.UTF8.GetBytes(Record(null, Report(Form.BuiltIn, "6.12.1", Outcome.Passed)).ToJson());
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Int[0, 9], Gen.Byte.Array[0, 6]).Array[1, 4].Sample(
            edits =>
            {
                var edited = bytes;
                foreach (var (at, gone, added) in edits)
                {
                    var from = Math.Min(at, edited.Length);
                    edited = [.. edited[..from], .. added, .. edited[Math.Min(from + gone, edited.Length)..]];
                }

                try
                {
                    ProofRecordFile.Parse("a/record.json", edited).ToJson();
                }
                catch (IntreeFailure failure)
                {
                    Assert.Equal(FailureKind.NotUnderstood, failure.Kind);
                    Assert.Matches(@"^a/record\.json:[1-9]\d*: not a record of prove: .", failure.Message);
                }
            },
            iter: Cases);
    }

    /// <summary>A FIFO without a writer must not be opened to see what it is.</summary>
    [Fact]
    public void A_folder_or_a_FIFO_is_no_record()
    {
        Run.Program("mkfifo", _temp.Root, "fifo");
        foreach (var path in new[] { _temp.Root, _temp.PathOf("fifo") })
        {
            Prove(path).RefusesWith(ExitCode.InTheWay, $"--record {path} is not a regular file");
        }
    }

    [Theory]
    [InlineData("--record keeps the result of one tree", "one", "two")]
    [InlineData("--record and --init exclude each other", "--init", "x", "one")]
    [InlineData("--record and --image exclude each other", "--image", "x", "--headers", "y")]
    public void What_a_record_cannot_hold_is_refused(string said, params string[] words)
    {
        var run = Cli.Run(["prove", "--record", _temp.PathOf("record.json"), .. words]);
        Assert.Equal(ExitCode.Usage, run.Exit);
        Assert.Contains(said, run.Messages, StringComparison.Ordinal);
    }

    private Cli Prove(string record)
    {
        LiteralKernel.Named().WriteTo(_temp.PathOf("linux"));
        return Cli.Run("prove", "--record", record, "--work", _temp.PathOf("work"), _temp.PathOf("linux"));
    }

    private static ProofRecord Record(ProofRecord? before, params ProofReport[] reports)
    {
        var answer = ProofsAnswer.Of([new TreeProof("/home/user/linux", reports, null)]);
        var record = ProofRecord.Of(before, answer.Proofs, Work);
        var bytes = Encoding.UTF8.GetBytes(record.ToJson());
        Assert.Equal(record.ToJson(), ProofRecordFile.Parse("record.json", bytes).ToJson());
        return record;
    }

    private static ProofReport Report(Form form, string version, Outcome outcome) => new(
        "/home/user/linux", version, new KernelKind(Arch.Um, Debug: false), form,
        [Step(StepKind.Boot, outcome), Step(StepKind.Warnings, Outcome.Passed), Step(StepKind.Sparse, Outcome.Skipped)],
        ["tcp_server: listening"], "", "", "/home/user/x.log")
    {
        Driver = "0123abcd",
        Compiler = "gcc (Debian 12.2.0-14+deb12u1) 12.2.0",
        Date = new DateOnly(2026, 11, 27),
        Cases = 7,
    };

    private static ProofStep Step(StepKind kind, Outcome outcome) => new(kind, outcome, TimeSpan.FromSeconds(1), null, "a note");
}

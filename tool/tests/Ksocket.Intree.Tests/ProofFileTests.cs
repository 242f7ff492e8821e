// SPDX-License-Identifier: GPL-2.0-only
using System.Text;
using System.Text.Json;
using CsCheck;
using Ksocket.Intree.Answers;
using Ksocket.Intree.Core;
using Ksocket.Intree.Proof;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Tests;

/// <summary>Proofs that series --proof reads may have been edited.</summary>
public sealed class ProofFileTests
{
    private const int Cases = 100_000;

    private static readonly byte[] Proof = JsonSerializer.SerializeToUtf8Bytes(
        ProofsAnswer.Of(
        [
            new TreeProof("/src/linux-6.12", [Report(Form.BuiltIn, Outcome.Passed), Report(Form.Module, Outcome.Failed)], null),
            new TreeProof("/src/linux-5.4", [], IntreeFailure.NotUnderstood("too old", "use a newer one")),
        ]),
        AnswerJson.Default.ProofsAnswer);

    private static readonly string[] Pieces =
    [
        "null", "[", "]", "{", "}", "\"", ",", ":", "\n", "\\n", "\\ud800", "\\u0000", "\xff", "-1", "7", "99999999999", "1e999", "true",
        "[[[[[[[[", "\"form\"", "\"each patch\"", "\"outcome\": 7", "\"steps\": null", "\"proofs\": [null]", "\"refused\"",
        "\"cases\": -2147483649",
    ];

    /// <summary>Replaces, deletes or inserts bytes and tokens, up to four times.</summary>
    private static Gen<byte[]> Mutated { get; } = Gen.Select(
            Gen.Int[0, Proof.Length],
            Gen.Int[0, 12],
            Gen.OneOf(Gen.Byte.Array[0, 6], Gen.OneOfConst(Pieces).Select(Encoding.Latin1.GetBytes)))
        .Array[1, 4]
        .Select(edits => edits.Aggregate(Proof, (bytes, edit) =>
        {
            var at = Math.Min(edit.Item1, bytes.Length);
            return [.. bytes.AsSpan(0, at), .. edit.Item3, .. bytes.AsSpan(Math.Min(at + edit.Item2, bytes.Length))];
        }));

    [Fact]
    public void Whatever_it_holds_there_is_a_table_or_one_failure_with_file_and_line() => Mutated.Sample(
        bytes =>
        {
            try
            {
                var answer = ProofFile.Parse("some/proof.json", bytes);
                Assert.DoesNotContain(ProvedText.Table(answer.Proofs, answer.Refused), letter => char.IsControl(letter) && letter != '\n');
            }
            catch (IntreeFailure failure)
            {
                Assert.Equal(FailureKind.NotUnderstood, failure.Kind);
                Assert.Matches(@"^--proof: some/proof\.json:[1-9]\d*: not the output of prove --json: .", failure.Message);
                Assert.NotNull(failure.Hint);
            }
        },
        iter: Cases);

    [Theory]
    [InlineData("\"outcome\": \"passed\"", "\"outcome\": 7", "could not be converted")]
    [InlineData("\"steps\": [", "\"steps\": null, \"x\": [", "null")]
    [InlineData("\"version\": \"6.12.1\"", "\"version\": \"6.12.1\\ndiff --git\"", "'version' is not a name")]
    [InlineData("\"form\": \"as modules\"", "\"form\": \"as packages\"", "the form 'as packages' is not one of built in,")]
    [InlineData("\"talk\": [", "\"talk\": [ null, ", "a list has an entry that is null")]
    [InlineData("\"log\": \"x.log\"", "\"log\": \"\\ud800\"", "a string has an escape that is not a character")]
    public void A_fault_is_named_with_its_line(string find, string replace, string said)
    {
        var text = Encoding.UTF8.GetString(Proof);
        var at = text.IndexOf(find, StringComparison.Ordinal);
        var bytes = Encoding.UTF8.GetBytes(text[..at] + replace + text[(at + find.Length)..]);
        var line = 1 + text[..at].Count(letter => letter == '\n');
        var failure = Assert.Throws<IntreeFailure>(() => ProofFile.Parse("p", bytes));
        Assert.StartsWith($"--proof: p:{line}: not the output of prove --json: ", failure.Message, StringComparison.Ordinal);
        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_of_an_older_release_is_read()
    {
        var text = Encoding.UTF8.GetString(Proof);
        var older = string.Join('\n', text.Split('\n').Where(line => !line.Contains("\"booted\"", StringComparison.Ordinal)))
            .Replace("\"settings\": [],", "\"unknown\": 1,", StringComparison.Ordinal);
        older = older.Replace("\"unknown\": 1,\n    }", "\"unknown\": 1\n    }", StringComparison.Ordinal);
        Assert.Equal(2, ProofFile.Parse("p", Encoding.UTF8.GetBytes(older)).Proofs.Count);
    }

    private static ProofReport Report(Form form, Outcome outcome) => new(
        "/src/linux-6.12", "6.12.1", new KernelKind(Arch.Um, Debug: false), form,
        [new ProofStep(StepKind.Boot, outcome, TimeSpan.FromSeconds(1), null, "a note")], ["tcp_server: listening"], "", "", "x.log");
}

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
        "null", "[", "]", "{", "}", "\"", ",", ":", "\n", "\\n", "\\ud800", "\\u0000", "-1", "7", "99999999999", "1e999",
        "true", "[[[[[[[[",
        "\"form\"", "\"each patch\"", "\"outcome\": 7", "\"steps\": null", "\"proofs\": [null]", "\"refused\"",
        "\"cases\": -2147483649", "\xff",
    ];

    /// <summary>Each value that is no list or object, and the place of the first entry of each list: (start, length).</summary>
    private static readonly (int At, int Length)[] Values = ValuesIn(Proof);

    /// <summary>JSON values; with a comma as an entry of a list.</summary>
    private static readonly string[] Others =
    [
        "null", "7", "-1", "true", "\"x\"", "\"\\n\"", "\"\\ud800\"", "[]", "{}", "[null]", "1e999",
        "null,", "7,", "{},", "\"x\",", "[],",
    ];

    /// <summary>Replaces, deletes or inserts bytes, tokens and whole values, up to four times.</summary>
    private static Gen<byte[]> Mutated { get; } = Gen.OneOf(
            Gen.Select(
                Gen.Int[0, Proof.Length],
                Gen.Int[0, 12],
                Gen.OneOf(Gen.Byte.Array[0, 6], Gen.OneOfConst(Pieces).Select(Encoding.Latin1.GetBytes))),
            Gen.Select(Gen.OneOfConst(Values), Gen.OneOfConst(Others).Select(Encoding.UTF8.GetBytes))
                .Select((value, other) => (value.At, value.Length, other)))
        .Array[1, 4]
        .Select(edits => edits.OrderByDescending(edit => edit.Item1).Aggregate(Proof, (bytes, edit) =>
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
        string[] newer = ["\"booted\"", "\"compiler\"", "\"date\""];
        var older = string.Join('\n', text.Split('\n').Where(line => !newer.Any(name => line.Contains(name, StringComparison.Ordinal))))
            .Replace("\"settings\": [],", "\"unknown\": 1,", StringComparison.Ordinal);
        older = older.Replace("\"unknown\": 1,\n    }", "\"unknown\": 1\n    }", StringComparison.Ordinal);
        Assert.Equal(2, ProofFile.Parse("p", Encoding.UTF8.GetBytes(older)).Proofs.Count);
    }

    private static (int At, int Length)[] ValuesIn(byte[] json)
    {
        var values = new List<(int, int)>();
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.StartArray)
            {
                values.Add(((int)reader.BytesConsumed, 0));
            }
            else if (reader.TokenType is not (JsonTokenType.PropertyName or JsonTokenType.StartObject or JsonTokenType.EndObject
                or JsonTokenType.EndArray))
            {
                values.Add(((int)reader.TokenStartIndex, (int)(reader.BytesConsumed - reader.TokenStartIndex)));
            }
        }

        return [.. values];
    }

    private static ProofReport Report(Form form, Outcome outcome) => new(
        "/src/linux-6.12", "6.12.1", new KernelKind(Arch.Um, Debug: false), form,
        [new ProofStep(StepKind.Boot, outcome, TimeSpan.FromSeconds(1), null, "a note")], ["tcp_server: listening"], "", "", "x.log");
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Text.Json;
using Ksocket.Intree.Answers;
using Ksocket.Intree.Core;
using Ksocket.Intree.Files;

namespace Ksocket.Intree.Reports;

/// <summary>Reads a file of results: the output of prove --json, or what prove --record keeps.</summary>
internal static class ResultFile
{
    /// <summary>The largest output of prove --json that is read.</summary>
    private const int MostBytes = 64 << 20;

    public static IReadOnlyList<FormResult> Read(string path)
    {
        if (!File.Exists(path) || !SingleFile.IsRegular(path))
        {
            throw IntreeFailure.NotUnderstood(
                $"no such file: {path}", "name files that ksocket-intree prove --json or --record wrote");
        }

        if (new FileInfo(path).Length > MostBytes)
        {
            throw IntreeFailure.NotUnderstood($"{path}: it is larger than 64 MiB", "name a file that prove wrote");
        }

        var bytes = SingleFile.Read(path).ToArray();
        return IsRecord(bytes) ? OfRecord(ProofRecordFile.Parse(path, bytes)) : OfAnswer(path, ProofFile.Parse(path, bytes));
    }

    /// <summary>By the first property, which a record has and an answer has not; a file that is no JSON is read as an answer.</summary>
    private static bool IsRecord(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes);
            return reader.Read() && reader.Read() && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("kernel"u8);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static IReadOnlyList<FormResult> OfRecord(ProofRecord record) =>
        [.. record.Proofs.Select(proof => new FormResult(record.Kernel, proof, Log: null))];

    private static IReadOnlyList<FormResult> OfAnswer(string path, ProofsAnswer answer)
    {
        if (answer.Proofs.FirstOrDefault(proof => proof.Date is null) is { } old)
        {
            throw IntreeFailure.NotUnderstood(
                $"{path}: the proof of {old.Version} has no date", "a release before 1.0.0 wrote it; run prove again");
        }

        return [.. answer.Proofs.Select(proof =>
            new FormResult(proof.Version, RecordedProof.Of(proof, WorkOf(proof)), Path.GetFileName(proof.Log)))];
    }

    /// <summary>The work folder of a run: the log is WORK/KERNEL/FORM.log.</summary>
    private static string WorkOf(ProofAnswer proof) => Path.GetDirectoryName(Path.GetDirectoryName(proof.Log)) ?? "/";
}

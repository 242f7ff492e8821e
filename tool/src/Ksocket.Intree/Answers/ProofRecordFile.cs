// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using System.Text.Json;
using Ksocket.Intree.Core;
using Ksocket.Intree.Files;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Answers;

/// <summary>Reads a file that prove --record wrote. It may have been edited: every fault is one failure with file and line.</summary>
internal static class ProofRecordFile
{
    private const int MostBytes = 1 << 20;

    /// <summary>Longer than any value that prove writes.</summary>
    private const int LongestText = 2000;

    /// <summary>How much of a bad value a message has.</summary>
    private const int Shown = 40;

    /// <summary>Null if there is no such file, or an empty one.</summary>
    public static ProofRecord? Read(string path)
    {
        if (!Path.Exists(path))
        {
            return null;
        }

        if (!SingleFile.IsRegular(path))
        {
            throw IntreeFailure.InTheWay($"--record {path} is not a regular file", "name a file; prove creates it");
        }

        return new FileInfo(path).Length > MostBytes ? throw Fault(path, 1, "it is larger than 1 MiB")
            : SingleFile.Read(path).ToArray() is { Length: > 0 } bytes ? Parse(path, bytes)
            : null;
    }

    public static ProofRecord Parse(string path, ReadOnlySpan<byte> bytes)
    {
        try
        {
            var record = JsonSerializer.Deserialize(bytes, ProofRecordJson.Default.ProofRecord)!;
            return FaultIn(record) is { } fault ? throw Fault(path, 1, fault) : record;
        }
        catch (JsonException error)
        {
            throw Fault(path, 1 + (error.LineNumber ?? 0), JsonReason.Of(error));
        }
    }

    /// <summary>What the types do not exclude.</summary>
    private static string? FaultIn(ProofRecord? record)
    {
        if (record?.Proofs.Any(proof => proof is null || proof.Settings.Concat(proof.Drivers ?? []).Any(text => text is null)) != false)
        {
            return "null is no value here";
        }

        var texts = record.Proofs.SelectMany(TextsOf).Prepend(record.Kernel);
        return texts.FirstOrDefault(text => text.Length is 0 or > LongestText || text.Any(char.IsControl)) is { } bad
            ? $"a value is empty, too long or has a control character: '{string.Concat(bad.Where(IsPrinted).Take(Shown))}'"
            : record.Proofs.Select(FaultIn).FirstOrDefault(fault => fault is not null);
    }

    private static bool IsPrinted(char letter) => !char.IsControl(letter);

    private static IEnumerable<string> TextsOf(RecordedProof proof) =>
        ((string?[])[
            proof.Form, proof.Arch, proof.Date, proof.Compiler, proof.Driver, proof.Failure?.Step, proof.Failure?.Line,
            .. proof.Settings, .. proof.Drivers ?? [],
        ]).OfType<string>();

    private static string? FaultIn(RecordedProof proof) =>
        !Forms.Titles.Contains(proof.Form) ? $"the form '{proof.Form}' is not one of {string.Join(", ", Forms.Titles)}"
        : !DateOnly.TryParseExact(proof.Date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? $"the date '{proof.Date}' is not of the form 2026-11-27"
        : proof.Verdict == Outcome.Skipped || proof.Verdict == Outcome.Failed != proof.Failure is not null
            ? $"the verdict of '{proof.Form}' is not passed, or failed with a failure"
        : null;

    private static IntreeFailure Fault(string path, long line, string what) => IntreeFailure.NotUnderstood(
        string.Create(CultureInfo.InvariantCulture, $"{path}:{line}: not a record of prove: {what}"),
        "restore it, or delete it and prove the tree again");
}

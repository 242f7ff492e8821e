// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Ksocket.Intree.Core;
using Ksocket.Intree.Files;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Answers;

/// <summary>
/// Reads a file with the output of prove --json. It may have been edited: every fault is one failure with file and line.
/// </summary>
internal static class ProofFile
{
    /// <summary>The output of a run with hundreds of trees is smaller.</summary>
    private const int MostBytes = 64 << 20;

    /// <summary>Longer than any name that prove prints.</summary>
    private const int LongestName = 1000;

    /// <summary>Properties that are shown in one line of a table.</summary>
    private static readonly string[] Names = ["tree", "version", "arch", "form", "step", "settings", "compiler", "date", "drivers"];

    public static ProofsAnswer Read(string path)
    {
        if (!File.Exists(path))
        {
            throw IntreeFailure.NotUnderstood($"--proof: no such file: {path}", Hint(path));
        }

        return Parse(path, IoFailures.Try(path, () =>
        {
            using var file = File.OpenRead(path);
            using var bytes = new MemoryStream();
            for (var buffer = new byte[1 << 16]; bytes.Length <= MostBytes && file.Read(buffer) is var count and > 0;)
            {
                bytes.Write(buffer, 0, count);
            }

            return bytes.ToArray();
        }));
    }

    public static ProofsAnswer Parse(string path, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MostBytes)
        {
            throw Fault(path, 1, "it is larger than 64 MiB");
        }

        if (!Utf8.IsValid(bytes))
        {
            throw Fault(path, 1, "it is not UTF-8");
        }

        try
        {
            if (FaultIn(bytes) is var (at, fault))
            {
                throw Fault(path, 1 + bytes[..at].Count((byte)'\n'), fault);
            }

            var answer = JsonSerializer.Deserialize(bytes, ProofFileJson.Default.ProofsAnswer);
            return answer is not null && answer.Proofs.Count + answer.Refused.Count > 0 ? answer : throw Fault(path, 1, "it has no proofs");
        }
        catch (JsonException error)
        {
            throw Fault(path, 1 + (error.LineNumber ?? 0), JsonReason.Of(error));
        }
    }

    /// <summary>What the types do not exclude: a null in a list, and names that do not fit into a table.</summary>
    private static (int At, string Fault)? FaultIn(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes);
        var property = "";
        var inLists = new Stack<bool>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    inLists.Push(reader.TokenType == JsonTokenType.StartArray);
                    break;

                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    inLists.Pop();
                    break;

                case JsonTokenType.Null when inLists.TryPeek(out var inList) && inList:
                    return ((int)reader.TokenStartIndex, "a list has an entry that is null");

                case JsonTokenType.PropertyName or JsonTokenType.String when TextOf(ref reader) is not { } text:
                    return ((int)reader.TokenStartIndex, "a string has an escape that is not a character");

                case JsonTokenType.PropertyName:
                    property = TextOf(ref reader);
                    break;

                case JsonTokenType.String when FaultOf(property!, TextOf(ref reader)!) is { } fault:
                    return ((int)reader.TokenStartIndex, fault);
            }
        }

        return null;
    }

    private static string? FaultOf(string property, string text) =>
        !Names.Contains(property) ? null
        : text.Length > LongestName || text.Any(char.IsControl) ? $"'{property}' is not a name: it has a control character, or is too long"
        : property == "form" && !Forms.Titles.Contains(text) ? $"the form '{text}' is not one of {string.Join(", ", Forms.Titles)}"
        : null;

    /// <summary>Null if an escape in the string is half of a surrogate pair.</summary>
    private static string? TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string Hint(string path) => $"create it with: ksocket-intree prove --json TREE > {path}";

    private static IntreeFailure Fault(string path, long line, string what) => IntreeFailure.NotUnderstood(
        string.Create(CultureInfo.InvariantCulture, $"--proof: {path}:{line}: not the output of prove --json: {what}"), Hint(path));
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(EnumWordConverter<Outcome>)])]
[JsonSerializable(typeof(ProofsAnswer))]
internal sealed partial class ProofFileJson : JsonSerializerContext;

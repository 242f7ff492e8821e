// SPDX-License-Identifier: GPL-2.0-only
using System.Text.Json;

namespace Ksocket.Intree.Answers;

/// <summary>What a JSON reader says of a bad file, without the places that it repeats at the end.</summary>
internal static class JsonReason
{
    public static string Of(JsonException error) => error.Message.Split(" Path: ")[0].Split(" LineNumber: ")[0].TrimEnd('.');
}

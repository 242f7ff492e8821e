// SPDX-License-Identifier: GPL-2.0-only
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ksocket.Intree.Core;

namespace Ksocket.Intree.Output;

/// <summary>
/// The result of a verb: its exit code and its answer, as text and as JSON. A verb does its work and returns this; it
/// prints nothing. One place, the root's Report, prints it.
/// </summary>
internal sealed record VerbOutcome(ExitCode Exit)
{
    /// <summary>Writes the answer as text; null where there is none.</summary>
    public Action<Terminal>? Text { get; init; }

    /// <summary>The answer as one JSON object; null where there is none.</summary>
    public Func<string>? Json { get; init; }

    /// <summary>Lines for stderr after the answer.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Further lines for stderr, left out with --json.</summary>
    public IReadOnlyList<string> Advice { get; init; } = [];

    /// <summary>What ended the run, beside what the answer holds; it decides the exit code.</summary>
    public IntreeFailure? Failure { get; init; }

    /// <summary>Whether files were changed; an answer that cannot be written must not hide it.</summary>
    public bool Changed { get; init; }

    /// <summary>An outcome with both forms of the answer.</summary>
    public static VerbOutcome Of<T>(ExitCode exit, Action<Terminal> text, T value, JsonTypeInfo<T> type) =>
        new(exit) { Text = text, Json = () => JsonSerializer.Serialize(value, type) };

    /// <summary>A run that ended without an answer.</summary>
    public static VerbOutcome Of(IntreeFailure failure) => new(ExitCodes.Of(failure.Kind)) { Failure = failure };
}

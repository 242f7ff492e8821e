// SPDX-License-Identifier: GPL-2.0-only
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ksocket.Intree.Core;

namespace Ksocket.Intree.Output;

/// <summary>
/// The result of a verb: exit code and answer, as text and as JSON. A verb returns it and prints nothing; Report prints
/// it.
/// </summary>
internal sealed record VerbOutcome(ExitCode Exit)
{
    /// <summary>Writes the answer as text; null if there is none.</summary>
    public Action<Terminal>? Text { get; init; }

    /// <summary>The answer as one JSON object; null if there is none.</summary>
    public Func<string>? Json { get; init; }

    /// <summary>Lines for stderr after the answer.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Further lines for stderr, omitted with --json.</summary>
    public IReadOnlyList<string> Advice { get; init; } = [];

    /// <summary>The error that ended the run, printed after the answer.</summary>
    public IntreeFailure? Failure { get; init; }

    /// <summary>The code of the failure, if its kind does not decide it.</summary>
    public ErrorCode? Code { get; init; }

    /// <summary>True if files were changed; reported if the answer cannot be written.</summary>
    public bool Changed { get; init; }

    /// <summary>An outcome with both forms of the answer.</summary>
    public static VerbOutcome Of<T>(ExitCode exit, Action<Terminal> text, T value, JsonTypeInfo<T> type) =>
        new(exit) { Text = text, Json = () => JsonSerializer.Serialize(value, type) };

    /// <summary>An outcome without an answer.</summary>
    public static VerbOutcome Of(IntreeFailure failure) => new(ExitCodes.Of(failure.Kind)) { Failure = failure };
}

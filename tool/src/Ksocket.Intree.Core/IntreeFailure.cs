// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;

namespace Ksocket.Intree.Core;

/// <summary>Why a run failed; decides the exit code.</summary>
public enum FailureKind
{
    /// <summary>The tree, or a file in it, is not understood.</summary>
    NotUnderstood,

    /// <summary>The tree is understood, but something in it prevents the operation.</summary>
    InTheWay,

    /// <summary>The kernel does not build or boot, or a test fails.</summary>
    NotProven,

    /// <summary>Environment failure: disk full, read-only file system, a missing program.</summary>
    Fatal,
}

/// <summary>
/// The error type of this tool: a message that names the thing and its value, and a hint that says what to do.
/// Absence that a caller can handle is a null value, not this.
/// </summary>
public sealed class IntreeFailure : Exception
{
    public IntreeFailure(FailureKind kind, string message, string? hint = null, Exception? cause = null)
        : base(message, cause)
    {
        Kind = kind;
        Hint = hint;
    }

    public FailureKind Kind { get; }

    public string? Hint { get; }

    /// <summary>What the message sums up, one line each; empty if it says all.</summary>
    public ImmutableArray<string> Details { get; init; } = [];

    public static IntreeFailure NotUnderstood(string message, string? hint = null) => new(FailureKind.NotUnderstood, message, hint);

    public static IntreeFailure InTheWay(string message, string? hint = null) => new(FailureKind.InTheWay, message, hint);

    public static IntreeFailure NotProven(string message, string? hint = null) => new(FailureKind.NotProven, message, hint);

    public static IntreeFailure Fatal(string message, string? hint = null, Exception? cause = null) =>
        new(FailureKind.Fatal, message, hint, cause);
}

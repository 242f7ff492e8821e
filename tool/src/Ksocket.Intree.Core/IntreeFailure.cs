// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Core;

/// <summary>Why a run is over; decides its exit code, in one place, on the top floor.</summary>
public enum FailureKind
{
    /// <summary>A tree, or something in it, that we do not understand.</summary>
    NotUnderstood,

    /// <summary>The tree is understood, but something in it is in the way.</summary>
    InTheWay,

    /// <summary>What was built does not build, boot or pass.</summary>
    NotProven,

    /// <summary>The machine said no: disk full, read-only, a program missing.</summary>
    Fatal,
}

/// <summary>
/// The one error of this tool: a sentence that names the thing and the value, and a hint that says what to do.
/// Absence that a caller can handle is a value, never this.
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

    public static IntreeFailure NotUnderstood(string message, string? hint = null) => new(FailureKind.NotUnderstood, message, hint);

    public static IntreeFailure InTheWay(string message, string? hint = null) => new(FailureKind.InTheWay, message, hint);

    public static IntreeFailure NotProven(string message, string? hint = null) => new(FailureKind.NotProven, message, hint);

    public static IntreeFailure Fatal(string message, string? hint = null, Exception? cause = null) =>
        new(FailureKind.Fatal, message, hint, cause);
}

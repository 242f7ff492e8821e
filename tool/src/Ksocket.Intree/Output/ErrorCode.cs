// SPDX-License-Identifier: GPL-2.0-only
using System.Text.Json;
using Ksocket.Intree.Core;

namespace Ksocket.Intree.Output;

/// <summary>The kind of an error, for "explain". The words are part of the interface; several have the same exit code.</summary>
internal enum ErrorCode
{
    NotSupported,
    Conflict,
    ProofFailed,
    Environment,
    Library,
    Output,
    Bug,
    Usage,
    Interrupted,
}

internal static class ErrorCodes
{
    /// <summary>The code as the user types it, such as not-supported.</summary>
    public static string Word(this ErrorCode code) => JsonNamingPolicy.KebabCaseLower.ConvertName(code.ToString());

    public static ErrorCode Of(FailureKind kind) => kind switch
    {
        FailureKind.NotUnderstood => ErrorCode.NotSupported,
        FailureKind.InTheWay => ErrorCode.Conflict,
        FailureKind.NotProven => ErrorCode.ProofFailed,
        _ => ErrorCode.Environment,
    };
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;

namespace Ksocket.Intree.Output;

/// <summary>The exit codes. The numbers are part of the interface.</summary>
internal enum ExitCode
{
    /// <summary>Done, or the answer is yes.</summary>
    Done = 0,

    /// <summary>The answer is no: not present, stale, or --check would change something.</summary>
    No = 1,

    /// <summary>The tree, or something in it, is not supported.</summary>
    NotUnderstood = 2,

    /// <summary>Conflict: foreign files, changed files, a partial state.</summary>
    InTheWay = 3,

    /// <summary>Does not build, boot or pass, or a check of send refuses.</summary>
    NotProven = 4,

    /// <summary>Environment failure: disk full, read-only, missing program; or a bug.</summary>
    Fatal = 128,

    /// <summary>Wrong arguments.</summary>
    Usage = 129,

    /// <summary>Interrupted; the tree is unchanged.</summary>
    Interrupted = 130,
}

internal static class ExitCodes
{
    public static ExitCode Of(FailureKind kind) => kind switch
    {
        FailureKind.NotUnderstood => ExitCode.NotUnderstood,
        FailureKind.InTheWay => ExitCode.InTheWay,
        FailureKind.NotProven => ExitCode.NotProven,
        _ => ExitCode.Fatal,
    };
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;

namespace Ksocket.Intree;

/// <summary>What a script can act on. The numbers are part of the interface.</summary>
internal enum ExitCode
{
    /// <summary>Done, or the answer is yes.</summary>
    Done = 0,

    /// <summary>The answer is no: not present, changed since, or --check would change something.</summary>
    No = 1,

    /// <summary>A tree, or something in it, that we do not understand.</summary>
    NotUnderstood = 2,

    /// <summary>The tree is in the way: foreign files, changed files, a state half-way.</summary>
    InTheWay = 3,

    /// <summary>It does not build, boot or pass.</summary>
    NotProven = 4,

    /// <summary>The machine said no, or we have a bug.</summary>
    Fatal = 128,

    Usage = 129,

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

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Files;

namespace Ksocket.Intree.Proof.Working;

/// <summary>Failures of the file system in the folder of --work: the user may name another, and the hint says so.</summary>
internal static class WorkDisk
{
    private const int NoSpace = 28;

    public static T Try<T>(string path, Func<T> action) => IoFailures.Try(path, action, Failure);

    public static void Try(string path, Action action) => Try(path, () =>
    {
        action();
        return true;
    });

    private static IntreeFailure Failure(string path, Exception error)
    {
        var hint = (error.HResult & 0xFFFF) == NoSpace
            ? "free some space, or name another folder with --work; what is built already is kept"
            : "name a folder you can write to: prove --work DIR";
        return IntreeFailure.Fatal(IoFailures.Failure(path, error).Message, hint, error);
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Files;

namespace Ksocket.Intree.Proof.Working;

/// <summary>File system failures in the --work folder; the hint is to choose another folder.</summary>
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
            ? "free some space, or choose another folder with --work; finished objects are kept"
            : "choose a writable folder: prove --work DIR";
        return IntreeFailure.Fatal(IoFailures.Failure(path, error).Message, hint, error);
    }
}

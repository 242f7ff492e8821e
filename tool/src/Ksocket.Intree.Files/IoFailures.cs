// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;

namespace Ksocket.Intree.Files;

/// <summary>Turns I/O errors into failures with a message and a hint.</summary>
public static class IoFailures
{
    private const int NoSpace = 28;
    private const int ReadOnly = 30;
    private const int NotPermitted = 1;
    private const int NoAccess = 13;

    /// <param name="failure">Makes the failure; null for <see cref="Failure"/>.</param>
    public static T Try<T>(string path, Func<T> action, Func<string, Exception, IntreeFailure>? failure = null)
    {
        try
        {
            return action();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw (failure ?? Failure)(path, error);
        }
    }

    public static void Try(string path, Action action) => Try(path, () =>
    {
        action();
        return true;
    });

    public static IntreeFailure Failure(string path, Exception error) => (error.HResult & 0xFFFF, error) switch
    {
        (NoSpace, _) => IntreeFailure.Fatal(
            $"no space left on the disk of {path}",
            "free some space, then run the command again",
            error),
        (ReadOnly, _) => IntreeFailure.Fatal(
            $"{path} is on a read-only file system",
            "copy the tree to a disk you can write to",
            error),
        (NotPermitted or NoAccess, _) or (_, UnauthorizedAccessException) => IntreeFailure.Fatal(
            $"no permission for {path}",
            "run as the owner of the tree",
            error),
        (_, PathTooLongException) => IntreeFailure.Fatal($"the path is too long: {path}", "use a shorter one", error),
        _ => IntreeFailure.Fatal($"{path}: {error.Message}", "check the path and the file there", error),
    };
}

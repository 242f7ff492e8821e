// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Files;
using Ksocket.Intree.Output;

namespace Ksocket.Intree;

/// <summary>Turns exceptions into failures with a message and a hint; any other exception is a bug.</summary>
internal static class Failures
{
    private const string Trace = "KSOCKET_INTREE_TRACE";

    /// <summary>False if the user requested the stack trace of a bug.</summary>
    public static bool IsReported(Exception error) => !IsBug(error) || Environment.GetEnvironmentVariable(Trace) is null;

    public static VerbOutcome OutcomeOf(Exception error) => error switch
    {
        IntreeFailure failure => VerbOutcome.Of(failure),
        OperationCanceledException => Interrupted,
        IOException or UnauthorizedAccessException => VerbOutcome.Of(IoFailures.Failure("ksocket-intree", error)),
        _ when LibraryOf(error) is { } library => VerbOutcome.Of(IntreeFailure.Fatal(
            $"a library cannot be loaded: {library.Message.Split('\n')[0].Trim()}",
            "reinstall ksocket-intree: libgit2-*.so must be beside the program, and the system must have its libc")) with
        { Code = ErrorCode.Library },
        _ => VerbOutcome.Of(IntreeFailure.Fatal(
            $"this is a bug of ksocket-intree: {error.GetType().Name}: {error.Message}",
            $"run it again with {Trace}=1 and report the output")) with
        { Code = ErrorCode.Bug },
    };

    public static VerbOutcome Interrupted { get; } = new(ExitCode.Interrupted)
    {
        Code = ErrorCode.Interrupted,
        Failure = IntreeFailure.Fatal("interrupted; the tree is unchanged", "run the command again"),
    };

    private static bool IsBug(Exception error) =>
        error is not (
            IntreeFailure or OperationCanceledException or IOException or UnauthorizedAccessException) && LibraryOf(error) is null;

    /// <summary>Finds a missing or damaged native library; its first use may fail in a type initializer.</summary>
    private static Exception? LibraryOf(Exception? error) => error switch
    {
        null => null,
        DllNotFoundException or EntryPointNotFoundException or BadImageFormatException => error,
        TypeInitializationException => LibraryOf(error.InnerException),
        _ => null,
    };
}

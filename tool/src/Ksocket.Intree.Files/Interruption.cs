// SPDX-License-Identifier: GPL-2.0-only
using System.Runtime.InteropServices;

namespace Ksocket.Intree.Files;

/// <summary>
/// Holds Ctrl-C (SIGINT), SIGTERM and SIGHUP while a tree is changed, so that the process does not end in between. Writers call
/// <see cref="ThrowIfRequested"/> between two files, up to the last one that they can undo; then they finish. What is
/// thrown is an OperationCanceledException: undo, and let it pass. Several may be held at once, one inside the other, and
/// a signal reaches all of them. A kill that cannot be held leaves a tree that builds, and the next run completes it.
/// </summary>
public sealed class Interruption : IDisposable
{
    /// <summary>How many that ignore the signal are held by this thread; those inside them ignore it too.</summary>
    [ThreadStatic]
    private static int t_ignoring;

    private readonly PosixSignalRegistration[] _held;
    private readonly bool _ignores;
    private volatile bool _requested;

    private Interruption(bool ignores)
    {
        _ignores = ignores;
        t_ignoring += ignores ? 1 : 0;
        _held = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, Take))];
    }

    /// <summary>Holds the signals; the work asks whether one came.</summary>
    public static Interruption Hold() => new(ignores: false);

    /// <summary>Holds the signals for work that takes milliseconds and is finished whatever comes, as an undo.</summary>
    public static Interruption Ignore() => new(ignores: true);

    /// <summary>Ends the work if a signal came.</summary>
    public void ThrowIfRequested()
    {
        if (_requested && t_ignoring == 0)
        {
            throw new OperationCanceledException("interrupted");
        }
    }

    public void Dispose()
    {
        t_ignoring -= _ignores ? 1 : 0;
        Array.ForEach(_held, registration => registration.Dispose());
    }

    private void Take(PosixSignalContext signal)
    {
        signal.Cancel = true;
        _requested = true;
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Runtime.InteropServices;

namespace Ksocket.Intree.Files;

/// <summary>
/// Holds back SIGINT (Ctrl-C), SIGTERM and SIGHUP while a tree is changed, so that the process does not end in between.
/// Writers call <see cref="ThrowIfRequested"/> between two files, up to the last one that they can undo; after that they
/// finish. It throws an OperationCanceledException: undo, and rethrow. Instances may be nested, and a signal reaches all
/// of them. SIGKILL leaves a tree that builds, and the next run completes it.
/// </summary>
public sealed class Interruption : IDisposable
{
    /// <summary>How many ignoring instances this thread holds; instances nested in them ignore signals too.</summary>
    [ThreadStatic]
    private static int t_ignoring;

    private readonly PosixSignalRegistration[] _held;
    private readonly bool _ignores;
    private volatile bool _requested;

    private Interruption(bool ignores)
    {
        _ignores = ignores;
        t_ignoring += ignores ? 1 : 0;
        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];
        _held = [.. signals.Select(signal => PosixSignalRegistration.Create(signal, Take))];
    }

    /// <summary>Holds back the signals; the caller checks for them with <see cref="ThrowIfRequested"/>.</summary>
    public static Interruption Hold() => new(ignores: false);

    /// <summary>Holds back the signals during short work that must finish, such as an undo.</summary>
    public static Interruption Ignore() => new(ignores: true);

    /// <summary>Throws if a signal was received.</summary>
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

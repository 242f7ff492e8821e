// SPDX-License-Identifier: GPL-2.0-only
using System.Runtime.InteropServices;

namespace Ksocket.Intree.Files;

/// <summary>
/// Writing takes milliseconds; Ctrl-C in the middle of it waits for the end, so that no tree is left half-way.
/// A harder kill is survived too: what it leaves still builds, and the next run goes on from it.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly PosixSignalRegistration[] _held;

    private Interruption() => _held =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => signal.Cancel = true),
    ];

    public static Interruption Hold() => new();

    public void Dispose() => Array.ForEach(_held, registration => registration.Dispose());
}

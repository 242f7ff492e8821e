// SPDX-License-Identifier: GPL-2.0-only
using System.Runtime.InteropServices;

namespace Ksocket.Intree.Files;

/// <summary>
/// Ctrl-C, SIGTERM or SIGHUP while files are written: the writer stops at its next file, undoes what it did, and
/// throws <see cref="OperationCanceledException"/>.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly PosixSignalRegistration[] _held;
    private volatile bool _requested;

    private Interruption() => _held =
        [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, Request))];

    /// <summary>From here until it is disposed, a signal is a request and does not end the process.</summary>
    public static Interruption Hold() => new();

    public void ThrowIfRequested()
    {
        if (_requested)
        {
            throw new OperationCanceledException("interrupted while files were written");
        }
    }

    public void Dispose() => Array.ForEach(_held, registration => registration.Dispose());

    private void Request(PosixSignalContext signal)
    {
        signal.Cancel = true;
        _requested = true;
    }
}

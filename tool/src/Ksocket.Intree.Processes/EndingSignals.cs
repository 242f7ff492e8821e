// SPDX-License-Identifier: GPL-2.0-only
using System.Runtime.InteropServices;

namespace Ksocket.Intree.Processes;

/// <summary>Until disposed, SIGINT, SIGTERM and SIGHUP call a handler instead of ending this process.</summary>
internal sealed class EndingSignals : IDisposable
{
    private readonly PosixSignalRegistration[] _registered;
    private readonly Lock _ending = new();
    private volatile bool _came;
    private bool _isOver;

    public EndingSignals(Action onSignal)
    {
        _registered = [Register(PosixSignal.SIGINT), Register(PosixSignal.SIGTERM), Register(PosixSignal.SIGHUP)];

        PosixSignalRegistration Register(PosixSignal signal) => PosixSignalRegistration.Create(signal, context =>
        {
            lock (_ending)
            {
                if (!_isOver)
                {
                    (context.Cancel, _came) = (true, true);
                    onSignal();
                }
            }
        });
    }

    /// <summary>True if a signal was received.</summary>
    public bool Came => _came;

    /// <summary>Waits for a running handler, and handles no further signals.</summary>
    public void Dispose()
    {
        lock (_ending)
        {
            _isOver = true;
        }

        Array.ForEach(_registered, registration => registration.Dispose());
    }
}

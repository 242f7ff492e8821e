// SPDX-License-Identifier: GPL-2.0-only
using System.Runtime.InteropServices;

namespace Ksocket.Intree.Processes;

/// <summary>While it lives, Ctrl-C, SIGTERM and SIGHUP do not end this process but do something else first.</summary>
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

    /// <summary>One of them came.</summary>
    public bool Came => _came;

    /// <summary>Waits for what a signal began, and answers no more of them.</summary>
    public void Dispose()
    {
        lock (_ending)
        {
            _isOver = true;
        }

        Array.ForEach(_registered, registration => registration.Dispose());
    }
}

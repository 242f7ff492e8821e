// SPDX-License-Identifier: GPL-2.0-only
using System.Runtime.InteropServices;
using Ksocket.Intree.Output;

namespace Ksocket.Intree;

/// <summary>
/// Handles SIGINT and SIGTERM while no file is being written and no child runs: exits at once with 130 and, with --json,
/// an error object. Code that must undo its work first registers a later handler, which takes precedence. Once the
/// answer is being printed, the signal is ignored.
/// </summary>
internal sealed class Interrupts : IDisposable
{
    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(1);

    private readonly Terminal _terminal;
    private readonly PosixSignalRegistration[] _registrations;

    public Interrupts(Terminal terminal)
    {
        _terminal = terminal;
        _registrations = [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, End),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, End)];
    }

    public void Dispose() => Array.ForEach(_registrations, registration => registration.Dispose());

    private void End(PosixSignalContext signal)
    {
        // Handlers run in reverse order of registration: a later handler may have handled the signal.
        if (signal.Cancel || !Monitor.TryEnter(_terminal, LockTimeout))
        {
            return; // if not handled, the answer blocks on a full pipe, and the signal ends the process
        }

        try
        {
            signal.Cancel = true;
            if (!_terminal.IsAnswered)
            {
                Environment.Exit((int)Report.Show(Failures.Interrupted, _terminal));
            }
        }
        finally
        {
            Monitor.Exit(_terminal);
        }
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Runtime.InteropServices;
using Ksocket.Intree.Output;

namespace Ksocket.Intree;

/// <summary>
/// Ctrl-C and SIGTERM while nothing is written and no child runs: the run ends at once, with exit 130 and, with --json, the
/// object that says so. Whoever holds the signal for work that must be undone first comes before this and ends the run
/// itself. Once the answer is being printed, the run has ended, and the signal comes too late.
/// </summary>
internal sealed class Interrupts : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

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
        // Handlers are called last one first: who holds the signal has taken it.
        if (signal.Cancel || !Monitor.TryEnter(_terminal, Patience))
        {
            return; // not taken, the answer hangs in a full pipe: the signal then ends the process as any other
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

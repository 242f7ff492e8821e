// SPDX-License-Identifier: GPL-2.0-only
using System.Diagnostics;

namespace Ksocket.Intree.Processes;

/// <summary>
/// Decides when to stop reading after a child ended. Its own output is in the pipes by then. Its background processes may
/// hold the pipes open indefinitely, so they get only a short grace period.
/// </summary>
internal sealed class Leftovers(Process process)
{
    private static readonly TimeSpan ShortestQuiet = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private Stopwatch? _sinceEnd;
    private Stopwatch? _sinceOutput;

    /// <param name="hasRead">True if the last poll of the pipes found anything.</param>
    public bool AreDone(ChildPipes pipes, bool hasRead)
    {
        if (pipes.AreClosed)
        {
            // It closed its streams, but may still run, like a daemon.
            return process.WaitForExit(ShortestQuiet);
        }

        if (_sinceEnd is null)
        {
            if (process.HasExited)
            {
                (_sinceEnd, _sinceOutput) = (Stopwatch.StartNew(), Stopwatch.StartNew());
            }

            return false;
        }

        if (hasRead)
        {
            _sinceOutput!.Restart();
        }

        return (!hasRead && _sinceOutput!.Elapsed > ShortestQuiet) || _sinceEnd.Elapsed > Longest;
    }
}

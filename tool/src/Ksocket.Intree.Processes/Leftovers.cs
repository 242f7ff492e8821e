// SPDX-License-Identifier: GPL-2.0-only
using System.Diagnostics;

namespace Ksocket.Intree.Processes;

/// <summary>
/// When to stop reading after a child ended. What it wrote itself is in its pipes by then and is read; what it left in
/// the background may keep them open for ever, so it gets a short grace to write its last, and no more.
/// </summary>
internal sealed class Leftovers(Process process)
{
    private static readonly TimeSpan ShortestQuiet = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private Stopwatch? _sinceEnd;
    private Stopwatch? _sinceWord;

    /// <param name="somethingCame">Whether the last look at the pipes found anything.</param>
    public bool AreDone(ChildPipes pipes, bool somethingCame)
    {
        if (pipes.AreClosed)
        {
            // It closed its streams and may still run, as a daemon does.
            return process.WaitForExit(ShortestQuiet);
        }

        if (_sinceEnd is null)
        {
            if (process.HasExited)
            {
                (_sinceEnd, _sinceWord) = (Stopwatch.StartNew(), Stopwatch.StartNew());
            }

            return false;
        }

        if (somethingCame)
        {
            _sinceWord!.Restart();
        }

        return (!somethingCame && _sinceWord!.Elapsed > ShortestQuiet) || _sinceEnd.Elapsed > Longest;
    }
}

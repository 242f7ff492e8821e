// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Concurrent;

namespace Ksocket.Intree.Files;

/// <summary>Syncs several files or folders at once: they wait for the same commit of the file system's journal.</summary>
internal static class SyncTogether
{
    /// <summary>A few threads are enough for that.</summary>
    private const int MostThreads = 4;

    /// <summary>Syncs all of them; the failure of one is thrown after the others have ended.</summary>
    public static void Run<T>(IReadOnlyList<T> all, Action<T> sync)
    {
        var failures = new ConcurrentQueue<IOException>();
        Parallel.ForEach(all, new ParallelOptions { MaxDegreeOfParallelism = MostThreads }, one =>
        {
            try
            {
                sync(one);
            }
            catch (IOException failure)
            {
                failures.Enqueue(failure);
            }
        });
        if (failures.TryDequeue(out var first))
        {
            throw first;
        }
    }
}

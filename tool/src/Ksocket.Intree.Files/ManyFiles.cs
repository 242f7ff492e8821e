// SPDX-License-Identifier: GPL-2.0-only
using System.Runtime.ExceptionServices;
using Ksocket.Intree.Core;

namespace Ksocket.Intree.Files;

/// <summary>A place for one file's bytes after another's.</summary>
internal sealed class ReadBuffer
{
    private byte[] _bytes = new byte[1 << 16];

    /// <summary>Room for a number of bytes; what was there before is lost.</summary>
    public byte[] Of(int length) => _bytes.Length >= length ? _bytes : _bytes = new byte[Math.Max(length, 2 * _bytes.Length)];
}

/// <summary>Reads many files with all processors: what a small file costs is the system calls.</summary>
internal static class ManyFiles
{
    /// <summary>Fewer than these are read sooner than a second thread starts.</summary>
    private const int Few = 32;

    /// <summary>
    /// Calls a function with each item, from several threads, each of which has one buffer. The results are in the order of
    /// the items; of several failures, that of the first item is thrown.
    /// </summary>
    public static TResult[] Each<TItem, TResult>(IReadOnlyList<TItem> items, Func<TItem, ReadBuffer, TResult> read)
    {
        var results = new TResult[items.Count];
        var failures = new IntreeFailure?[items.Count];
        if (items.Count < Few)
        {
            var buffer = new ReadBuffer();
            return [.. items.Select(item => read(item, buffer))];
        }

        Parallel.For(0, items.Count, () => new ReadBuffer(), ReadOne, _ => { });
        if (Array.Find(failures, failure => failure is not null) is { } first)
        {
            ExceptionDispatchInfo.Throw(first);
        }

        return results;

        ReadBuffer ReadOne(int at, ParallelLoopState loop, ReadBuffer buffer)
        {
            try
            {
                results[at] = read(items[at], buffer);
            }
            catch (IntreeFailure failure)
            {
                failures[at] = failure;
            }

            return buffer;
        }
    }
}

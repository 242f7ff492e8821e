// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Files;
using Microsoft.Win32.SafeHandles;

namespace Ksocket.Intree.Output;

/// <summary>
/// stdout and stderr as inherited: open, full or closed. Closed descriptors are first opened on /dev/null; otherwise the
/// next opened file would get the number and receive the output.
/// </summary>
internal static class StandardStreams
{
    private const int Last = 2;

    private static readonly List<SafeFileHandle> Held = [];

    /// <summary>Opens both. A write to a closed stdout fails; a write to a closed stderr is ignored.</summary>
    public static (TextWriter Answer, TextWriter Messages) Open()
    {
        var closed = HoldClosed();
        return (Writer(closed.Contains(1) ? null : new InheritedStream(1), dropsFailures: false),
            Writer(closed.Contains(Last) ? null : new InheritedStream(Last), dropsFailures: true));
    }

    private static HashSet<int> HoldClosed()
    {
        var closed = new HashSet<int>();
        while (true)
        {
            var handle = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            var number = (int)handle.DangerousGetHandle();
            if (number > Last)
            {
                handle.Dispose();
                return closed;
            }

            closed.Add(number);
            Held.Add(handle);
        }
    }

    /// <summary>The writer is never disposed: after a failed write, Dispose() would retry it and throw.</summary>
    private static StreamWriter Writer(Stream? stream, bool dropsFailures) =>
        new(new CheckedStream(stream, dropsFailures)) { AutoFlush = true };
}

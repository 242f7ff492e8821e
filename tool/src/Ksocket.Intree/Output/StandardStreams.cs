// SPDX-License-Identifier: GPL-2.0-only
using Microsoft.Win32.SafeHandles;

namespace Ksocket.Intree.Output;

/// <summary>
/// stdout and stderr as the caller left them: open, full or closed. A descriptor that is closed is given to /dev/null
/// first, or the next file that is opened would get its number and receive what is meant for the caller.
/// </summary>
internal static class StandardStreams
{
    private const int Last = 2;

    private static readonly List<SafeFileHandle> Held = [];

    /// <summary>Opens both; an answer that is written to a closed stdout fails, a message to a closed stderr is dropped.</summary>
    public static (TextWriter Answer, TextWriter Messages) Open()
    {
        var closed = HoldClosed();
        return (Writer(closed.Contains(1) ? null : Console.OpenStandardOutput, dropsFailures: false),
            Writer(closed.Contains(Last) ? null : Console.OpenStandardError, dropsFailures: true));
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

    /// <summary>The writer is never disposed: after a failed write that would write the same bytes again, and throw.</summary>
    private static StreamWriter Writer(Func<Stream>? open, bool dropsFailures)
    {
        Stream? stream = null;
        try
        {
            stream = open?.Invoke();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // the same as closed
        }

        return new StreamWriter(new CheckedStream(stream, dropsFailures)) { AutoFlush = true };
    }
}

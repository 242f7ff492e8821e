// SPDX-License-Identifier: GPL-2.0-only
using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace Ksocket.Intree.Processes;

/// <summary>
/// Polls the output streams of a child. No read blocks: a background process of the child may hold a stream open for
/// its lifetime, so end of file must not be awaited.
/// </summary>
internal sealed partial class ChildPipes
{
    private const short Readable = 1;
    private const int Interrupted = 4;

    private readonly byte[] _buffer = new byte[64 << 10];
    private readonly PipeStream?[] _streams;

    public ChildPipes(params ReadOnlySpan<StreamReader> streams)
    {
        _streams = new PipeStream?[streams.Length];
        for (var at = 0; at < streams.Length; at++)
        {
            _streams[at] = (PipeStream)streams[at].BaseStream;
        }
    }

    public bool AreClosed => Array.TrueForAll(_streams, stream => stream is null);

    /// <summary>
    /// Waits until a stream has data or ends, or until the timeout, and reads what is available. False if nothing is.
    /// </summary>
    /// <param name="take">Called with the number of the stream and its bytes.</param>
    public bool Read(TimeSpan timeout, Action<int, ReadOnlyMemory<byte>> take)
    {
        var open = Enumerable.Range(0, _streams.Length).Where(at => _streams[at] is not null).ToArray();
        var asked = Array.ConvertAll(open, at =>
            new Descriptor { Number = (int)_streams[at]!.SafePipeHandle.DangerousGetHandle(), Asked = Readable });
        var found = Poll(asked, (nuint)asked.Length, (int)timeout.TotalMilliseconds);
        if (found <= 0)
        {
            return found == 0 || Marshal.GetLastPInvokeError() == Interrupted ? false : throw Error();
        }

        for (var at = 0; at < open.Length; at++)
        {
            if (asked[at].Found != 0)
            {
                ReadOne(open[at], take);
            }
        }

        return true;
    }

    private void ReadOne(int number, Action<int, ReadOnlyMemory<byte>> take)
    {
        var length = Read(_streams[number]!.SafePipeHandle, _buffer, (nuint)_buffer.Length);
        if (length < 0)
        {
            if (Marshal.GetLastPInvokeError() != Interrupted)
            {
                throw Error();
            }
        }
        else if (length == 0)
        {
            _streams[number] = null;
        }
        else
        {
            take(number, _buffer.AsMemory(0, (int)length));
        }
    }

    private static IOException Error() =>
        new($"reading from a child process: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll([In, Out] Descriptor[] descriptors, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(SafeHandle descriptor, [Out] byte[] buffer, nuint length);

    /// <summary>struct pollfd, poll(2).</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Descriptor
    {
        public int Number;
        public short Asked;
        public short Found;
    }
}

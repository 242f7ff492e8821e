// SPDX-License-Identifier: GPL-2.0-only
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Ksocket.Intree.Files;

/// <summary>
/// Writes to a descriptor that the process was started with, by write(2) alone: two descriptors of one file share its
/// position. The console streams of .NET do so as well, but on a terminal they first switch the keypad to another mode.
/// </summary>
/// <param name="descriptor">1 for stdout, 2 for stderr; it is not closed.</param>
public sealed class InheritedStream(int descriptor) : WriteOnlyStream
{
    private const int Interrupted = 4; // EINTR
    private const int BrokenPipe = 32; // EPIPE: the reader, such as head, has seen enough
    private const int TryAgain = 11; // EAGAIN: somebody has made the descriptor non-blocking

    private readonly SafeFileHandle _handle = new(descriptor, ownsHandle: false);

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var written = (int)Native.Write(_handle, buffer, buffer.Length);
            if (written >= 0)
            {
                buffer = buffer[written..];
                continue;
            }

            switch (Marshal.GetLastPInvokeError())
            {
                case Interrupted:
                    break;

                case BrokenPipe:
                    return;

                case TryAgain:
                    Thread.Sleep(10);
                    break;

                case var error:
                    throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        _handle.Dispose();
        base.Dispose(disposing);
    }
}

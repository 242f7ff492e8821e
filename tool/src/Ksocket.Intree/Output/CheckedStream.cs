// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Output;

/// <summary>A standard stream that may be closed or full: a failed write throws IOException, or is ignored.</summary>
/// <param name="inner">Null if the descriptor is closed.</param>
/// <param name="dropsFailures">True for stderr, whose write errors cannot be reported.</param>
internal sealed class CheckedStream(Stream? inner, bool dropsFailures) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            (inner ?? throw new UnauthorizedAccessException()).Write(buffer);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            if (!dropsFailures)
            {
                // no write permission: the runtime reused the number of the closed descriptor
                throw new IOException(error is IOException ? error.Message : "it is closed", error);
            }
        }
    }

    public override void Flush()
    {
        // the inner stream is unbuffered
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Files;

namespace Ksocket.Intree.Output;

/// <summary>A standard stream that may be closed or full: a failed write throws IOException, or is ignored.</summary>
/// <param name="inner">Null if the descriptor is closed.</param>
/// <param name="dropsFailures">True for stderr, whose write errors cannot be reported.</param>
internal sealed class CheckedStream(Stream? inner, bool dropsFailures) : WriteOnlyStream
{
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
}

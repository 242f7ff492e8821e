// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Core.Series;

/// <summary>What a cover letter adds to the description of the series.</summary>
/// <param name="Proved">What was built and booted, as lines; empty for nothing.</param>
/// <param name="Since">What changed since the revision before, as lines; empty for nothing.</param>
public sealed record CoverNotes(string Proved, ByteString Since);

/// <summary>The text of the cover letter.</summary>
internal static class CoverText
{
    public const string Subject = "ksocket: BSD-style socket calls for kernel code";

    /// <param name="proved">What was built and booted, as lines; empty for nothing.</param>
    public static string Blurb(Provenance provenance, string proved)
    {
        var variants = string.Join("\n", provenance.Features.Select(feature => $"  {feature.Name}: {feature.Variant}"));
        return $"""
            This series adds ksocket, the calls of <sys/socket.h> for code inside
            the kernel: ksocket(), kbind(), klisten(), kaccept4(), ksend(), krecv(),
            kpoll() and their relatives, with KUnit tests, samples and documentation.
            It touches nothing that is there but the files that list things.

            Made for linux {provenance.Kernel}. Where kernels differ, this one has:

            {variants}

            Every patch builds by itself, as =y and as =m.

            """ + (proved.Length > 0 ? $"\n{proved}" : "");
    }
}

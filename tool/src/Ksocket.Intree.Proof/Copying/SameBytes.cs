// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Files;

namespace Ksocket.Intree.Proof.Copying;

/// <summary>Compares two files byte by byte.</summary>
internal static class SameBytes
{
    public static bool In(ByteString one, ByteString other)
    {
        using var first = BytePath.OpenRead(one);
        using var second = BytePath.OpenRead(other);
        var (left, right) = (new byte[1 << 16], new byte[1 << 16]);
        for (long at = 0; ; at += left.Length)
        {
            var (have, want) = (RandomAccess.Read(first, left, at), RandomAccess.Read(second, right, at));
            if (have != want || !left.AsSpan(0, have).SequenceEqual(right.AsSpan(0, want)))
            {
                return false;
            }

            if (have < left.Length)
            {
                return true;
            }
        }
    }
}

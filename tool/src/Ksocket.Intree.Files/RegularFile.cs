// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Files;

/// <summary>Reads a whole regular file; the caller has checked its type.</summary>
internal static class RegularFile
{
    /// <summary>Its bytes; null if it is longer than the limit.</summary>
    public static ByteString? Read(OpenFolder folder, ByteString name, int most, bool follow = false)
    {
        using var file = folder.OpenToRead(name, follow);
        var length = RandomAccess.GetLength(file);
        if (length > most)
        {
            return null;
        }

        var bytes = new byte[length];
        var read = 0;
        for (var more = -1; read < bytes.Length && more != 0; read += more)
        {
            more = RandomAccess.Read(file, bytes.AsSpan(read), read);
        }

        return new ByteString(bytes.AsMemory(0, read));
    }
}

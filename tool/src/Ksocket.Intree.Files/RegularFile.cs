// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Files;

/// <summary>
/// Reads a whole file whose status was looked at and is that of a regular file. With read(2) itself: the file classes of
/// .NET ask for the status and the position once more, and a search through a tree reads two thousand files.
/// </summary>
internal static class RegularFile
{
    /// <summary>Its bytes; null if it is longer than the most.</summary>
    /// <param name="buffer">Where they are put; null for an array of their own.</param>
    public static ByteString? Read(
        OpenFolder folder, ByteString name, FileStatus status, int most, bool follow = false, ReadBuffer? buffer = null)
    {
        if (status.Size > (ulong)most)
        {
            return null;
        }

        using var file = folder.OpenToRead(name, follow);
        var length = (int)status.Size;
        var bytes = (buffer?.Of(length) ?? GC.AllocateUninitializedArray<byte>(length)).AsMemory(0, length);
        var read = 0;
        while (read < bytes.Length)
        {
            var more = (int)Native.Read(file, bytes.Span[read..], bytes.Length - read);
            if (more <= 0)
            {
                return more < 0 ? throw Native.Error(folder.PathOf(name)) : new ByteString(bytes[..read]); // it became shorter
            }

            read += more;
        }

        return new ByteString(bytes);
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Ksocket.Intree.Git;

/// <summary>
/// A loose object: a deflated file that starts with "type size\0" (git manual, gitrepository-layout, "objects").
/// libgit2 hangs on one that is truncated, so the file is validated first.
/// </summary>
internal static class LooseObject
{
    /// <summary>The fault of a loose object's file; null if there is none, or no such file.</summary>
    public static string? Fault(string objects, string id)
    {
        var path = Path.Combine(objects, id[..2], id[2..]);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using var inflated = new ZLibStream(File.OpenRead(path), CompressionMode.Decompress);
            var header = new StringBuilder();
            for (var next = inflated.ReadByte(); next > 0 && header.Length < 64; next = inflated.ReadByte())
            {
                header.Append((char)next);
            }

            if (!long.TryParse(header.ToString().Split(' ').Last(), NumberStyles.None, CultureInfo.InvariantCulture, out var size))
            {
                return "its file has no header";
            }

            var buffer = new byte[1 << 16];
            for (var read = inflated.Read(buffer); read > 0; read = inflated.Read(buffer))
            {
                size -= read;
            }

            return size == 0 ? null : "its file is truncated";
        }
        catch (InvalidDataException)
        {
            return "its file is damaged";
        }
    }
}

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

        using var file = File.OpenRead(path);
        return Fault(file);
    }

    /// <summary>The fault of the bytes of a loose object's file; null if there is none.</summary>
    internal static string? Fault(Stream file)
    {
        try
        {
            using var inflated = new ZLibStream(file, CompressionMode.Decompress, leaveOpen: true);
            var header = new StringBuilder();
            var next = inflated.ReadByte();
            for (; next > 0 && header.Length < 64; next = inflated.ReadByte())
            {
                header.Append((char)next);
            }

            var digits = header.ToString().Split(' ').Last();
            if (next != 0 || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var size))
            {
                return "its file has no header";
            }

            Span<byte> buffer = stackalloc byte[1 << 13];
            for (var read = inflated.Read(buffer); read > 0 && size >= 0; read = inflated.Read(buffer))
            {
                size -= read;
            }

            return size == 0 ? null : size > 0 ? "its file is truncated" : "its file is longer than its header says";
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            return "its file is damaged";
        }
    }
}

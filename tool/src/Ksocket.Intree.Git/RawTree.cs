// SPDX-License-Identifier: GPL-2.0-only
using System.Text;
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Git;

/// <summary>The bytes of a git tree object: for each entry "mode name\0" and the id in binary (git manual, gitformat-pack).</summary>
internal static class RawTree
{
    /// <summary>Reads a tree object; null if the bytes are not a valid one.</summary>
    /// <param name="idLength">20 for SHA-1, 32 for SHA-256.</param>
    public static IReadOnlyDictionary<ByteString, Entry>? TryRead(ByteString tree, int idLength)
    {
        var entries = new Dictionary<ByteString, Entry>();
        for (var left = tree; !left.IsEmpty;)
        {
            var space = left.Span.IndexOf((byte)' ');
            var end = left.Span.IndexOf((byte)0);
            if (space <= 0 || end < space + 2 || left.Length < end + 1 + idLength
                || left.Span[..space].ContainsAnyExceptInRange((byte)'0', (byte)'7'))
            {
                return null;
            }

            var id = Convert.ToHexStringLower(left.Span.Slice(end + 1, idLength));
            entries[left.Slice(space + 1, end - space - 1)] = new Entry(Encoding.ASCII.GetString(left.Span[..space]), id);
            left = left.Slice(end + 1 + idLength);
        }

        return entries;
    }

    /// <summary>Writes a tree object: git sorts the names as if those of folders ended in '/'.</summary>
    public static ByteString Write(IEnumerable<KeyValuePair<ByteString, Entry>> entries)
    {
        var bytes = new ByteBuilder();
        var slash = ByteString.Of("/"u8);
        foreach (var (name, entry) in entries.OrderBy(
            one => one.Value.Kind == Core.Trees.EntryKind.Folder ? ByteString.Concat(one.Key, slash) : one.Key))
        {
            bytes.Append(entry.Mode).Append((byte)' ').Append(name).Append((byte)0).Append(Convert.FromHexString(entry.Id));
        }

        return bytes.ToBytes();
    }
}

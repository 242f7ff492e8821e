// SPDX-License-Identifier: GPL-2.0-only
using System.Text;
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Git;

/// <summary>The bytes of a git commit object, whose first line is "tree id".</summary>
internal static class RawCommit
{
    /// <summary>The id of the commit's tree, in hexadecimal; null if the bytes are not a commit.</summary>
    /// <param name="commit">The commit object.</param>
    /// <param name="idLength">20 for SHA-1, 32 for SHA-256.</param>
    public static string? TryTree(ByteString commit, int idLength)
    {
        var (start, digits) = ("tree "u8.Length, 2 * idLength);
        if (!commit.StartsWith("tree "u8) || commit.Length <= start + digits || commit[start + digits] != (byte)'\n')
        {
            return null;
        }

        var id = Encoding.Latin1.GetString(commit.Span.Slice(start, digits));
        return id.All(char.IsAsciiHexDigitLower) ? id : null;
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Core.Mail;

/// <summary>
/// The object id that git gives a file's content (git manual, gitformat-pack and "git hash-object"): SHA-1 over "blob",
/// size and bytes.
/// </summary>
public static class BlobId
{
    /// <summary>The id that means no file.</summary>
    public const string None = "0000000000000000000000000000000000000000";

    public static string Of(ByteString bytes)
    {
        var hash = Digest.Sha1();
        hash.Add(ByteString.OfText($"blob {bytes.Length}\0"));
        hash.Add(bytes);
        return hash.ToHex();
    }
}

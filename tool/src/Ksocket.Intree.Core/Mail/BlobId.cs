// SPDX-License-Identifier: GPL-2.0-only
using System.Security.Cryptography;
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
        // It identifies content, as git does; nothing here relies on collision resistance.
#pragma warning disable CA5350
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
#pragma warning restore CA5350
        hash.AppendData(ByteString.OfText($"blob {bytes.Length}\0").Span);
        hash.AppendData(bytes.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

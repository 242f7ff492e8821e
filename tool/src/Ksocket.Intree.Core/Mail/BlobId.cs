// SPDX-License-Identifier: GPL-2.0-only
using System.Security.Cryptography;
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Core.Mail;

/// <summary>The name git gives a file's content (git manual, gitformat-pack and "git hash-object"): SHA-1 over "blob", size and bytes.</summary>
public static class BlobId
{
    /// <summary>What stands for no file.</summary>
    public const string None = "0000000000000000000000000000000000000000";

    public static string Of(ByteString bytes)
    {
        // It names content, as git does; nothing here relies on it being hard to forge.
#pragma warning disable CA5350
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
#pragma warning restore CA5350
        hash.AppendData(ByteString.OfText($"blob {bytes.Length}\0").Span);
        hash.AppendData(bytes.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

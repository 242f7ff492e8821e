// SPDX-License-Identifier: GPL-2.0-only
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;

namespace Ksocket.Intree.Core.Bytes;

/// <summary>
/// A hash over bytes that are added one after another. Computed in managed code: .NET's own hashes load OpenSSL, which a
/// minimal system does not have. They identify content; nothing relies on the collision resistance of SHA-1.
/// </summary>
public sealed class Digest
{
    private readonly IDigest _digest;

    private Digest(IDigest digest) => _digest = digest;

    /// <summary>The hash that git uses for objects.</summary>
    public static Digest Sha1() => new(new Sha1Digest());

    public static Digest Sha256() => new(new Sha256Digest());

    /// <summary>The SHA-256 of the bytes, in lower-case hexadecimal.</summary>
    public static string Sha256(ByteString bytes)
    {
        var digest = Sha256();
        digest.Add(bytes);
        return digest.ToHex();
    }

    public void Add(ByteString bytes) => _digest.BlockUpdate(bytes.Span);

    /// <summary>The hash of all bytes added, in lower-case hexadecimal; the object starts again from nothing.</summary>
    public string ToHex()
    {
        Span<byte> hash = stackalloc byte[_digest.GetDigestSize()];
        _digest.DoFinal(hash);
        return Convert.ToHexStringLower(hash);
    }
}

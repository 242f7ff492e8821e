// SPDX-License-Identifier: GPL-2.0-only
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Ksocket.Intree.Testing;

/// <summary>
/// Objects written into a SHA-1 or SHA-256 repository as they are, with the id of their bytes: git would refuse some of them.
/// </summary>
public sealed class LooseObjects(string repository, bool sha256 = false)
{
    /// <summary>Writes an object and returns its id.</summary>
    public string Write(string type, ReadOnlySpan<byte> content)
    {
        byte[] bytes = [.. Encoding.ASCII.GetBytes($"{type} {content.Length}\0"), .. content];
        var id = Convert.ToHexStringLower(CryptographicOperations.HashData(
            sha256 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1,
            bytes));
        Directory.CreateDirectory(Path.Combine(repository, ".git/objects", id[..2]));
        File.WriteAllBytes(PathOf(id), Deflated(bytes));
        return id;
    }

    /// <summary>A commit of a tree.</summary>
    public string WriteCommit(string tree) => Write("commit", CommitOf(tree));

    /// <summary>The bytes of a commit of a tree.</summary>
    public static byte[] CommitOf(string tree) => Encoding.ASCII.GetBytes(
        $"tree {tree}\nauthor A <a@example.org> 1767225600 +0000\ncommitter A <a@example.org> 1767225600 +0000\n\none\n");

    /// <summary>The bytes of a tree with these entries, in this order.</summary>
    public static byte[] TreeOf(params IEnumerable<(string Mode, string Name, string Id)> entries) =>
    [
        .. entries.SelectMany(entry => (byte[])
            [.. Encoding.UTF8.GetBytes($"{entry.Mode} {entry.Name}\0"), .. Convert.FromHexString(entry.Id)]),
    ];

    /// <summary>The bytes of a loose object's file.</summary>
    public static byte[] Deflated(ReadOnlySpan<byte> bytes)
    {
        using var file = new MemoryStream();
        using (var deflated = new ZLibStream(file, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflated.Write(bytes);
        }

        return file.ToArray();
    }

    private string PathOf(string id) => Path.Combine(repository, ".git/objects", id[..2], id[2..]);
}

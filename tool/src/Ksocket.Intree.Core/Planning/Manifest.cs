// SPDX-License-Identifier: GPL-2.0-only
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Planning;

/// <summary>The line of .config that apply --config wrote, and what stood there before; null for no line at all.</summary>
public sealed record ConfigLine(string? Before, string After);

/// <summary>
/// The state file: a dot file at the top of the tree, which the kernel's .gitignore ignores. It only adds what
/// content cannot tell: what an older release wrote, which refresh merges against, and the .config line from before
/// --config.
/// </summary>
/// <param name="Format">2: this form; 1 had no bases.</param>
/// <param name="Driver">Which driver was written; see <see cref="Driver.DriverSource.Hash"/>.</param>
/// <param name="Files">Every file written, and the SHA-256 of its bytes.</param>
/// <param name="Bases">The bytes of each of them, deflated (RFC 1951) and in base64; empty in format 1.</param>
/// <param name="Config">What --config did, symbol by symbol; empty where it was not asked for.</param>
public sealed record Manifest(
    int Format,
    string Driver,
    SortedDictionary<string, string> Files,
    SortedDictionary<string, string>? Bases,
    SortedDictionary<string, ConfigLine> Config)
{
    public const int Current = 2;

    public static TreePath Path { get; } = ".ksocket-intree";

    /// <summary>The state file of a tree; null if it is lost, or no longer what we wrote.</summary>
    public static Manifest? In(KernelTree tree)
    {
        try
        {
            return tree.TryReadBytes(Path) is { } bytes
                && JsonSerializer.Deserialize(bytes, ManifestJson.Default.Manifest) is { Format: 1 or Current, Files: not null, Config: not null } manifest
                && manifest.Files.Keys.All(TreePath.IsValid)
                    ? manifest
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The bytes that were written at a path; null where nobody kept them.</summary>
    public byte[]? BaseOf(TreePath path)
    {
        try
        {
            if (Bases is null || !Bases.TryGetValue(path.Value, out var packed))
            {
                return null;
            }

            using var deflated = new DeflateStream(new MemoryStream(Convert.FromBase64String(packed)), CompressionMode.Decompress);
            using var bytes = new MemoryStream();
            deflated.CopyTo(bytes);
            return Files.TryGetValue(path.Value, out var hash) && hash == HashOf(bytes.ToArray()) ? bytes.ToArray() : null;
        }
        catch (Exception error) when (error is FormatException or InvalidDataException)
        {
            return null; // changed by hand; what it says is worth nothing
        }
    }

    /// <summary>Remembers what is written at a path.</summary>
    public void Record(TreePath path, byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.SmallestSize))
        {
            deflate.Write(bytes);
        }

        Files[path.Value] = HashOf(bytes);
        Bases![path.Value] = Convert.ToBase64String(packed.ToArray());
    }

    /// <summary>The state file of a driver, with what an earlier one remembered that still holds.</summary>
    public static Manifest For(string driver, Manifest? earlier) => new(
        Current,
        driver,
        new SortedDictionary<string, string>(earlier?.Files ?? [], StringComparer.Ordinal),
        new SortedDictionary<string, string>(earlier?.Bases ?? [], StringComparer.Ordinal),
        earlier?.Config ?? []);

    public static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public byte[] ToBytes() => [.. JsonSerializer.SerializeToUtf8Bytes(this, ManifestJson.Default.Manifest), (byte)'\n'];
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Manifest))]
internal sealed partial class ManifestJson : JsonSerializerContext;

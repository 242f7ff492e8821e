// SPDX-License-Identifier: GPL-2.0-only
using System.Text.Json;
using System.Text.Json.Serialization;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Planning;

/// <summary>The line of .config that apply --config wrote, and what stood there before; null for no line at all.</summary>
public sealed record ConfigLine(string? Before, string After);

/// <summary>
/// The state file: a dot file at the top of the tree, which the kernel's .gitignore ignores. It only adds what
/// content cannot tell: hashes of what an older release wrote, and the .config line from before --config.
/// </summary>
/// <param name="Format">1: this form.</param>
/// <param name="Driver">Which driver was written; see <see cref="Driver.DriverSource.Hash"/>.</param>
/// <param name="Files">Every file written, and the SHA-256 of its bytes.</param>
/// <param name="Config">What --config did, symbol by symbol; empty where it was not asked for.</param>
public sealed record Manifest(
    int Format,
    string Driver,
    SortedDictionary<string, string> Files,
    SortedDictionary<string, ConfigLine> Config)
{
    public static TreePath Path { get; } = ".ksocket-intree";

    /// <summary>The state file of a tree; null if it is lost, or no longer what we wrote.</summary>
    public static Manifest? In(KernelTree tree)
    {
        try
        {
            return tree.TryReadBytes(Path) is { } bytes
                && JsonSerializer.Deserialize(bytes, ManifestJson.Default.Manifest) is { Format: 1, Files: not null, Config: not null } manifest
                && manifest.Files.Keys.All(TreePath.IsValid)
                    ? manifest
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public byte[] ToBytes() => [.. JsonSerializer.SerializeToUtf8Bytes(this, ManifestJson.Default.Manifest), (byte)'\n'];
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Manifest))]
internal sealed partial class ManifestJson : JsonSerializerContext;

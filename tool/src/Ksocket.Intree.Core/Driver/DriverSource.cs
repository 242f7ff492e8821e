// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using System.Reflection;
using System.Security.Cryptography;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Probing;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Driver;

/// <summary>The driver as this repository keeps it. What lands in a tree is byte for byte one of these files.</summary>
public sealed class DriverSource
{
    private static readonly Lazy<DriverSource> Embedded = new(ReadEmbedded);

    public DriverSource(IEnumerable<KeyValuePair<TreePath, ByteString>> files)
    {
        var all = files.OrderBy(file => file.Key).ToImmutableArray();
        OutOfTree = [.. all.Where(file => file.Key.IsBelow(Landing.Home)).Select(file => KeyValuePair.Create(Landing.InHome(file.Key)!.Value, file.Value))];
        Evidence = Evidence.Parse(Text("features"), Text("requirements"));

        var features = Evidence.Features.Select(feature => feature.Name).ToHashSet(StringComparer.Ordinal);
        Files =
        [
            .. from file in all
               let landing = Landing.Of(file.Key, features)
               where landing is not null
               select new DriverFile(file.Key, landing.Value.Path, landing.Value.Variant, file.Value),
        ];
        var maintainers = all.Where(file => file.Key == Landing.Home / "MAINTAINERS").Select(file => Hook.Maintainers(file.Value));
        Hooks = [.. Hook.Lines, .. maintainers];
        Hash = HashOf(Files, Hooks);

        string Text(string name) => all.Single(file => file.Key == Landing.Home / "evidence" / name).Value.ToString();
    }

    /// <summary>The driver this tool was built with.</summary>
    public static DriverSource Bundled => Embedded.Value;

    public Evidence Evidence { get; }

    /// <summary>Every file that can land, all variants of a feature among them, in the order of their homes.</summary>
    public ImmutableArray<DriverFile> Files { get; }

    /// <summary>The folder drivers-ksocket as it is kept, for a build out of tree: what never lands among it.</summary>
    public ImmutableArray<KeyValuePair<TreePath, ByteString>> OutOfTree { get; }

    /// <summary>What is put into files of the kernel's, in the order to do it.</summary>
    public ImmutableArray<Hook> Hooks { get; }

    /// <summary>SHA-256 over every landing path and its bytes, and every hook: which driver this is.</summary>
    public string Hash { get; }

    /// <summary>The files that land in a tree with these features.</summary>
    public IEnumerable<DriverFile> For(FeatureSet features) =>
        Files.Where(file => file.Variant is null || features.VariantOf(file.Feature) == file.Variant);

    private static string HashOf(ImmutableArray<DriverFile> files, ImmutableArray<Hook> hooks)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            hash.AppendData(ByteString.OfText($"{file.Path}\0{file.Variant}\0{file.Bytes.Length}\0").Span);
            hash.AppendData(file.Bytes.Span);
        }

        foreach (var hook in hooks)
        {
            hash.AppendData(ByteString.OfText($"{hook.Path}\0{hook.Text}\0").Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static DriverSource ReadEmbedded()
    {
        const string prefix = "driver:";
        var assembly = Assembly.GetExecutingAssembly();
        return new DriverSource(
            from name in assembly.GetManifestResourceNames()
            where name.StartsWith(prefix, StringComparison.Ordinal)
            select KeyValuePair.Create(new TreePath(name[prefix.Length..].Replace('\\', '/')), new ByteString(Read(name))));

        byte[] Read(string name)
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using System.Reflection;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Probing;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Driver;

/// <summary>The driver's files in this repository. They are installed into a tree byte for byte.</summary>
public sealed class DriverSource
{
    private static readonly Lazy<DriverSource> Embedded = new(ReadEmbedded);

    /// <summary>Computed beside everything else.</summary>
    private readonly Task<string> _hash;

    public DriverSource(IEnumerable<KeyValuePair<TreePath, ByteString>> files)
    {
        var all = files.OrderBy(file => file.Key).ToImmutableArray();
        OutOfTree =
        [
            .. from file in all
               where file.Key.IsBelow(Landing.Home)
               select KeyValuePair.Create(Landing.InHome(file.Key)!.Value, file.Value),
        ];
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
        _hash = Task.Run(() => HashOf(Files, Hooks));

        string Text(string name) => all.Single(file => file.Key == Landing.Home / "evidence" / name).Value.ToString();
    }

    private DriverSource(DriverSource other, ImmutableArray<Hook> hooks) =>
        (Evidence, Files, OutOfTree, Hooks, _hash) = (other.Evidence, other.Files, other.OutOfTree, hooks, other._hash);

    /// <summary>The driver this tool was built with.</summary>
    public static DriverSource Bundled => Embedded.Value;

    public Evidence Evidence { get; }

    /// <summary>Every file that can be installed, including all variants of each feature, in the order of their paths here.</summary>
    public ImmutableArray<DriverFile> Files { get; }

    /// <summary>All of the folder drivers-ksocket, for an out-of-tree build; includes files that are never installed.</summary>
    public ImmutableArray<KeyValuePair<TreePath, ByteString>> OutOfTree { get; }

    /// <summary>The lines added to files of the kernel, in the order to add them.</summary>
    public ImmutableArray<Hook> Hooks { get; }

    /// <summary>SHA-256 over every installed path, its bytes and every hook: identifies the driver.</summary>
    public string Hash => _hash.GetAwaiter().GetResult();

    /// <summary>The files to install in a tree with these features.</summary>
    public IEnumerable<DriverFile> For(FeatureSet features) =>
        Files.Where(file => file.Variant is null || features.VariantOf(file.Feature) == file.Variant);

    /// <summary>The same driver, with the same hash, whose entry of MAINTAINERS has these people.</summary>
    /// <param name="people">Each as "Name &lt;mail@host&gt;".</param>
    public DriverSource MaintainedBy(IReadOnlyList<string> people) =>
        people.Count == 0 ? this : new DriverSource(this, [.. Hooks.Select(hook => hook.MaintainedBy(people))]);

    private static string HashOf(ImmutableArray<DriverFile> files, ImmutableArray<Hook> hooks)
    {
        var hash = Digest.Sha256();
        foreach (var file in files)
        {
            hash.Add(ByteString.OfText($"{file.Path}\0{file.Variant}\0{file.Bytes.Length}\0"));
            hash.Add(file.Bytes);
        }

        foreach (var hook in hooks)
        {
            hash.Add(ByteString.OfText($"{hook.Path}\0{hook.Text}\0"));
        }

        return hash.ToHex();
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

// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Probing;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Driver;

/// <summary>A driver as its folder keeps it. Its files are installed into a tree byte for byte.</summary>
public sealed class DriverSource
{
    private static readonly TreePath EvidenceFolder = "evidence";

    /// <summary>Computed beside everything else.</summary>
    private readonly Task<string> _hash;

    /// <param name="folder">Where it lands in a kernel tree.</param>
    /// <param name="files">All files of the driver's folder, by their path in it.</param>
    public DriverSource(TreePath folder, IEnumerable<KeyValuePair<TreePath, ByteString>> files)
        : this(
            folder,
            files.ToImmutableSortedDictionary(),
            all => Landed(folder, all),
            all => all.TryGetValue("MAINTAINERS", out var entry) ? entry : null,
            hash: null)
    {
    }

    private DriverSource(
        TreePath folder,
        ImmutableSortedDictionary<TreePath, ByteString> all,
        Func<ImmutableSortedDictionary<TreePath, ByteString>, IEnumerable<DriverFile>> land,
        Func<ImmutableSortedDictionary<TreePath, ByteString>, ByteString?> maintainers,
        string? hash)
    {
        Folder = folder;
        OutOfTree = [.. all];
        Evidence = EvidenceIn(all) with { Owner = Name };
        Files = [.. land(all)];
        var byPath = Files.DistinctBy(file => file.Path).ToDictionary(file => file.Path, file => file.Bytes);
        Hooks = Driver.Hooks.Of(folder, byPath, maintainers(all));
        OwnFolders = [folder, .. Driver.Hooks.SampleFolders(byPath)];
        Makefile = Driver.Hooks.MakefileIn(folder, byPath);
        Words = all.TryGetValue(IntreeFile.Name, out var words) ? IntreeFile.Read(IntreeFile.Name, words) : IntreeFile.None;
        Topics = new Topics(folder, byPath, Words.Topics);
        _hash = hash is null ? Task.Run(() => HashOf(Files, Hooks)) : Task.FromResult(hash);
    }

    private DriverSource(DriverSource other, ImmutableArray<Hook> hooks)
    {
        (Folder, OwnFolders, Makefile, Words, Topics) = (other.Folder, other.OwnFolders, other.Makefile, other.Words, other.Topics);
        (Evidence, Files, OutOfTree, Hooks, _hash) = (other.Evidence, other.Files, other.OutOfTree, hooks, other._hash);
    }

    /// <summary>A driver as a tree has it: its files where they landed, and nothing of its folder besides.</summary>
    /// <param name="maintainers">Its entry of MAINTAINERS; null for none.</param>
    /// <param name="hash">That of the driver when it was written.</param>
    public static DriverSource Installed(
        TreePath folder, IReadOnlyDictionary<TreePath, ByteString> landed, ByteString? maintainers, string hash) => new(
            folder,
            ImmutableSortedDictionary<TreePath, ByteString>.Empty,
            _ => landed.OrderBy(file => file.Key).Select(file => new DriverFile(file.Key, file.Key, null, file.Value)),
            _ => maintainers,
            hash);

    /// <summary>The driver this tool was built with.</summary>
    public static DriverSource Bundled => BundledDriver.Source;

    /// <summary>Where it lands in a kernel tree; its name is that of the driver.</summary>
    public TreePath Folder { get; }

    public string Name => Folder.Name.ToString();

    /// <summary>Whether it is the driver that this program carries.</summary>
    public bool IsBundled => Folder == Bundled.Folder;

    /// <summary>The folders in a kernel tree that hold only sources of this driver: its own and its samples'.</summary>
    public ImmutableArray<TreePath> OwnFolders { get; }

    /// <summary>The file that kbuild reads in its folder.</summary>
    public TreePath Makefile { get; }

    /// <summary>What no other file of its folder says.</summary>
    public IntreeFile Words { get; }

    /// <summary>The patches of a series of it.</summary>
    public Topics Topics { get; }

    /// <summary>The Kconfig symbol that enables it.</summary>
    public string Symbol => Hooks.First(hook => hook.Part == Part.Driver && hook.Symbol is not null).Symbol!;

    public Evidence Evidence { get; }

    /// <summary>Every file that can be installed, including all variants of each feature, in the order of their paths here.</summary>
    public ImmutableArray<DriverFile> Files { get; }

    /// <summary>All of the driver's folder, for an out-of-tree build; includes files that are never installed.</summary>
    public ImmutableArray<KeyValuePair<TreePath, ByteString>> OutOfTree { get; }

    /// <summary>The lines added to files of the kernel, in the order to add them.</summary>
    public ImmutableArray<Hook> Hooks { get; }

    /// <summary>SHA-256 over every installed path, its bytes and every hook: identifies the driver.</summary>
    public string Hash => _hash.GetAwaiter().GetResult();

    /// <summary>The files to install in a tree with these features.</summary>
    public IEnumerable<DriverFile> For(FeatureSet features) =>
        Files.Where(file => file.Variant is null || features.VariantOf(file.Feature) == file.Variant);

    /// <summary>Whether it could have written this path. Nothing else is ever deleted.</summary>
    public bool Owns(TreePath landed) => OwnFolders.Any(landed.IsBelow) || Files.Any(file => file.Path == landed);

    /// <summary>The same driver, with the same hash, whose entry of MAINTAINERS has these people.</summary>
    /// <param name="people">Each as "Name &lt;mail@host&gt;".</param>
    public DriverSource MaintainedBy(IReadOnlyList<string> people) =>
        people.Count == 0 ? this : new DriverSource(this, [.. Hooks.Select(hook => hook.MaintainedBy(people))]);

    private static Evidence EvidenceIn(ImmutableSortedDictionary<TreePath, ByteString> all)
    {
        return Evidence.Parse(Text("features"), Text("requirements"));

        string Text(string name) => all.TryGetValue(EvidenceFolder / name, out var text) ? text.ToString() : "";
    }

    private static IEnumerable<DriverFile> Landed(TreePath folder, ImmutableSortedDictionary<TreePath, ByteString> all)
    {
        var landing = Landing.Of(folder, all);
        var features = EvidenceIn(all).Features.Select(feature => feature.Name).ToHashSet(StringComparer.Ordinal);
        return from file in all
               let landed = landing.Of(file.Key, features)
               where landed is not null
               select new DriverFile(file.Key, landed.Value.Path, landed.Value.Variant, file.Value);
    }

    private static string HashOf(ImmutableArray<DriverFile> files, ImmutableArray<Hook> hooks)
    {
        var hash = Digest.Sha256();
        // The entry first: the hash of a release must not depend on how its files are stored.
        foreach (var file in files.OrderByDescending(file => file.Home == "Kconfig"))
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
}

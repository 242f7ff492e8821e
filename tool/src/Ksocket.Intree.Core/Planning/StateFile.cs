// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using System.IO.Compression;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Planning;

/// <summary>The line of .config or of a defconfig that apply wrote, and the line before that; null if there was none.</summary>
public sealed record ConfigLine(string? Before, string After);

/// <summary>A line that remove leaves, because it was edited after apply wrote it.</summary>
/// <param name="Path">.config, also that of an output folder; or the defconfig.</param>
public sealed record KeptLine(TreePath Path, string Line)
{
    /// <summary>As in --json, where a line without a path is of .config.</summary>
    public override string ToString() => Path == DotConfig.Path ? Line : $"{Path}: {Line}";
}

/// <summary>A file as a release wrote it.</summary>
/// <param name="Hash">SHA-256 of its bytes, in hexadecimal.</param>
/// <param name="Packed">Its bytes, deflated (RFC 1951) and in base64; null in format 1.</param>
public sealed record WrittenFile(string Hash, string? Packed)
{
    public static WrittenFile Of(ByteString bytes)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest))
        {
            deflate.Write(bytes.Span);
        }

        return new WrittenFile(StateFile.HashOf(bytes), Convert.ToBase64String(packed.ToArray()));
    }

    public bool Is(ByteString bytes) => Hash == StateFile.HashOf(bytes);

    /// <summary>The bytes that were written; null if they were not recorded or do not match the hash.</summary>
    public ByteString? Unpack()
    {
        if (Packed is null)
        {
            return null;
        }

        try
        {
            using var deflated = new DeflateStream(new MemoryStream(Convert.FromBase64String(Packed)), CompressionMode.Decompress);
            using var bytes = new MemoryStream();
            var buffer = new byte[1 << 16];
            for (var read = deflated.Read(buffer); read > 0 && bytes.Length <= KernelTree.LongestFile; read = deflated.Read(buffer))
            {
                bytes.Write(buffer, 0, read);
            }

            var unpacked = new ByteString(bytes.ToArray());
            return Is(unpacked) ? unpacked : null;
        }
        catch (Exception error) when (error is FormatException or InvalidDataException)
        {
            return null;
        }
    }
}

/// <summary>
/// The state file: a dot file at the top of the tree, ignored by the kernel's .gitignore. It records only what content
/// cannot show: what an older release wrote, which refresh merges against, and the .config line from before --config.
/// Anybody can edit it, so the reader accepts only file names that a release of ksocket-intree could have written.
/// </summary>
/// <param name="Driver">The bundled driver that was written; see <see cref="Driver.DriverSource.Hash"/>. Empty for none.</param>
/// <param name="Files">Every file written.</param>
/// <param name="Config">The .config lines that --config changed, by symbol.</param>
public sealed record StateFile(
    string Driver,
    ImmutableSortedDictionary<TreePath, WrittenFile> Files,
    ImmutableSortedDictionary<string, ConfigLine> Config)
{
    /// <summary>The output folder whose .config that is; null for the tree's own. Only a user who names it has it written to.</summary>
    public string? Output { get; init; }

    /// <summary>The line of each defconfig or fragment that --defconfig wrote for the bundled driver.</summary>
    public ImmutableSortedDictionary<TreePath, ConfigLine> Defconfigs { get; init; } =
        ImmutableSortedDictionary<TreePath, ConfigLine>.Empty;

    /// <summary>The drivers of the user that were written, by the folder in which they landed.</summary>
    public ImmutableSortedDictionary<TreePath, RecordedDriver> Drivers { get; init; } =
        ImmutableSortedDictionary<TreePath, RecordedDriver>.Empty;

    /// <summary>Whether it records nothing that is in the tree.</summary>
    public bool IsEmpty => Files.IsEmpty && Config.IsEmpty && Defconfigs.IsEmpty && Drivers.IsEmpty;

    public static TreePath Path { get; } = ".ksocket-intree";

    /// <summary>The state file of a tree; null if there is none. A damaged one is refused, with the line if known.</summary>
    public static StateFile? In(KernelTree tree) =>
        tree.TryRead(Path) is { } bytes ? StateFileText.Read($"{tree.Name}/{Path}", bytes) : null;

    /// <summary>A state file for a driver, with what an earlier one recorded.</summary>
    /// <param name="driver">The hash of the bundled driver; empty to leave it as it was.</param>
    public static StateFile For(string driver, StateFile? earlier) => new(
        driver.Length > 0 ? driver : earlier?.Driver ?? "",
        earlier?.Files ?? ImmutableSortedDictionary<TreePath, WrittenFile>.Empty,
        earlier?.Config ?? ImmutableSortedDictionary.Create<string, ConfigLine>(StringComparer.Ordinal))
    {
        Output = earlier?.Output,
        Defconfigs = earlier?.Defconfigs ?? ImmutableSortedDictionary<TreePath, ConfigLine>.Empty,
        Drivers = earlier?.Drivers ?? ImmutableSortedDictionary<TreePath, RecordedDriver>.Empty,
    };

    /// <summary>A .config without the lines that --config wrote and nobody edited since; those edited are listed.</summary>
    /// <param name="isMeant">Whether the line of a symbol is meant; null for all.</param>
    public ByteString ConfigPutBack(ByteString config, out ImmutableArray<KeptLine> kept, Func<string, bool>? isMeant = null)
    {
        var keeping = ImmutableArray.CreateBuilder<KeptLine>();
        foreach (var (symbol, line) in Config.Where(line => isMeant?.Invoke(line.Key) != false))
        {
            var now = DotConfig.LineOf(config, symbol);
            if (now == line.After)
            {
                config = DotConfig.Replace(config, symbol, line.Before);
            }
            else if (now is not null && now != line.Before)
            {
                keeping.Add(new(DotConfig.Path, now));
            }
        }

        kept = keeping.ToImmutable();
        return config;
    }

    /// <summary>The lines of defconfigs and fragments that --defconfig wrote, for all drivers.</summary>
    public IEnumerable<KeyValuePair<TreePath, ConfigLine>> DefconfigLines() =>
        Defconfigs.Concat(Drivers.Values.SelectMany(driver => driver.Defconfigs));

    /// <summary>Records a line that --defconfig writes; of several in time the earliest line before it stays.</summary>
    /// <param name="folder">The folder of the user's driver whose symbol it is; null for the bundled driver.</param>
    public StateFile WithDefconfig(TreePath? folder, TreePath path, ConfigLine line)
    {
        if (folder is null)
        {
            return this with { Defconfigs = With(Defconfigs, path, line) };
        }

        var driver = Drivers[folder.Value];
        return this with { Drivers = Drivers.SetItem(folder.Value, driver with { Defconfigs = With(driver.Defconfigs, path, line) }) };
    }

    /// <summary>Records files as they are written now.</summary>
    public StateFile With(IEnumerable<KeyValuePair<TreePath, WrittenFile>> files) => this with { Files = Files.SetItems(files) };

    /// <summary>Records a file as it is written now.</summary>
    public StateFile With(TreePath path, ByteString bytes) => With([KeyValuePair.Create(path, WrittenFile.Of(bytes))]);

    private static ImmutableSortedDictionary<TreePath, ConfigLine> With(
        ImmutableSortedDictionary<TreePath, ConfigLine> lines, TreePath path, ConfigLine line) =>
        lines.SetItem(
            path,
            lines.TryGetValue(path, out var earlier) && Defconfig.SymbolOf(earlier) == Defconfig.SymbolOf(line)
                ? line with { Before = earlier.Before }
                : line);

    public bool Recorded(TreePath path, ByteString bytes) => Files.TryGetValue(path, out var written) && written.Is(bytes);

    public static string HashOf(ByteString bytes) => Digest.Sha256(bytes);

    public ByteString ToBytes() => StateFileText.Write(this);
}

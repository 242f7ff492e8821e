// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Core.Trees;

/// <summary>
/// The version in the tree's top Makefile, read as text. It labels a tree; it never decides which API the tree has.
/// </summary>
public sealed record KernelVersion(int Version, int Patchlevel, int Sublevel, string Extra)
{
    /// <summary>The kernel line, for example "6.12".</summary>
    public string Line => $"{Version}.{Patchlevel}";

    /// <summary>For messages only: the version never decides which API a tree has.</summary>
    public bool IsBefore(int version, int patchlevel) => (Version, Patchlevel).CompareTo((version, patchlevel)) < 0;

    public override string ToString() => $"{Line}.{Sublevel}{Extra}";

    /// <summary>Reads the version, or refuses what is not the top of a kernel tree.</summary>
    public static KernelVersion Read(KernelTree tree)
    {
        var makefile = tree.TryReadThrough("Makefile") ?? throw NotAKernel(tree, Without(tree, "Makefile"));
        if (Number(makefile, "VERSION"u8) is not { } version || Number(makefile, "PATCHLEVEL"u8) is not { } patchlevel)
        {
            throw NotAKernel(tree, "its Makefile sets no VERSION and PATCHLEVEL");
        }

        foreach (var path in (ReadOnlySpan<string>)["Kconfig", "drivers/Makefile"])
        {
            if (!tree.LeadsToFile(path) && (tree.LinkOn(path) is not null || tree.KindOf(path) == EntryKind.Missing))
            {
                throw NotAKernel(tree, Without(tree, path));
            }
        }

        return new KernelVersion(
            version,
            patchlevel,
            Number(makefile, "SUBLEVEL"u8) ?? 0,
            ValueOf(makefile, "EXTRAVERSION"u8)?.ToString() ?? "");
    }

    /// <summary>The version, for a message; null if the Makefile names none.</summary>
    public static KernelVersion? TryRead(KernelTree tree)
    {
        try
        {
            return Read(tree);
        }
        catch (IntreeFailure)
        {
            return null;
        }
    }

    private static int? Number(ByteString makefile, ReadOnlySpan<byte> name) =>
        ValueOf(makefile, name) is { } value
        && int.TryParse(value.Span, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>The value of the first "NAME = word" in a Makefile; null if there is none.</summary>
    private static ByteString? ValueOf(ByteString makefile, ReadOnlySpan<byte> name)
    {
        for (var start = 0; start < makefile.Length;)
        {
            var line = makefile.Slice(start);
            line = line.Span.IndexOf((byte)'\n') is var end and >= 0 ? line.Slice(0, end) : line;
            start += line.Length + 1;
            var rest = line.StartsWith(name) ? line.Slice(name.Length).Trim() : default;
            if (rest.StartsWith("="u8) && rest.Slice(1).Trim() is var value && !value.Span.ContainsAny((byte)' ', (byte)'\t'))
            {
                return value;
            }
        }

        return null;
    }

    private static string Without(KernelTree tree, string path) => tree.WhyNotThere(path) ?? $"it has no {path}";

    private static IntreeFailure NotAKernel(KernelTree tree, string because) => IntreeFailure.NotUnderstood(
        $"{tree.Name} is not a Linux source tree: {because}",
        KernelBelow(tree) is { } folder
            ? $"a kernel tree is in its folder {folder}: name {tree.NameOf(folder)}"
            : "name the top folder of a kernel tree, the one that holds Kconfig, Makefile and drivers/");

    /// <summary>A kernel tree one or two folders below, as in repositories that hold more than a kernel.</summary>
    private static TreePath? KernelBelow(KernelTree tree)
    {
        var first = FoldersIn(tree, TreePath.Top).ToList();
        return first.Concat(first.SelectMany(folder => FoldersIn(tree, folder)))
            .Where(folder => ((string[])["Makefile", "Kconfig", "drivers/Makefile"]).All(
                name => tree.LeadsToFile(new TreePath(ByteString.Concat(folder.Bytes, ByteString.OfText("/" + name))))))
            .Cast<TreePath?>()
            .FirstOrDefault();
    }

    private static IEnumerable<TreePath> FoldersIn(KernelTree tree, TreePath folder) =>
        from name in tree.NamesIn(folder)
        where name[0] != (byte)'.' && tree.KindOf(folder / name) == EntryKind.Folder
        select folder / name;
}

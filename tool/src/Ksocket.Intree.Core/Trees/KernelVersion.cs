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

    public override string ToString() => $"{Line}.{Sublevel}{Extra}";

    /// <summary>Reads the version, or refuses what is not the top of a kernel tree.</summary>
    public static KernelVersion Read(KernelTree tree)
    {
        var makefile = tree.TryReadThrough("Makefile") ?? throw NotAKernel(tree, "it has no Makefile");
        if (Number(makefile, "VERSION"u8) is not { } version || Number(makefile, "PATCHLEVEL"u8) is not { } patchlevel)
        {
            throw NotAKernel(tree, "its Makefile sets no VERSION and PATCHLEVEL");
        }

        foreach (var path in (ReadOnlySpan<string>)["Kconfig", "drivers/Makefile"])
        {
            if (tree.KindOf(path) == EntryKind.Missing)
            {
                throw NotAKernel(tree, $"it has no {path}");
            }
        }

        return new KernelVersion(
            version,
            patchlevel,
            Number(makefile, "SUBLEVEL"u8) ?? 0,
            ValueOf(makefile, "EXTRAVERSION"u8)?.ToString() ?? "");
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

    private static IntreeFailure NotAKernel(KernelTree tree, string because) => IntreeFailure.NotUnderstood(
        $"{tree.Name} is not a Linux source tree: {because}",
        "name the top folder of a kernel tree, the one that holds Kconfig, Makefile and drivers/");
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Kbuild;

/// <summary>The kernel's configuration file, read and changed line by line (scripts/kconfig/confdata.c writes it).</summary>
public static class DotConfig
{
    private static ReadOnlySpan<byte> Set => "CONFIG_"u8;

    private static ReadOnlySpan<byte> Unset => "# CONFIG_"u8;

    private static ReadOnlySpan<byte> UnsetEnd => " is not set"u8;

    private static ReadOnlySpan<byte> Title => "# Linux/"u8;

    /// <summary>The title is the third line; the first and second are those of the generated file.</summary>
    private const int TitleLines = 5;

    public static TreePath Path { get; } = ".config";

    /// <summary>The line that sets a symbol, "CONFIG_X=y" or "# CONFIG_X is not set"; null if there is none.</summary>
    public static string? LineOf(ByteString config, string symbol)
    {
        var wanted = ByteString.OfText(symbol);
        string? found = null;
        foreach (var line in ByteLines.Of(config))
        {
            if (SymbolOf(line.Bare) is { } name && name == wanted)
            {
                found = line.Bare.ToString(); // the last one wins
            }
        }

        return found;
    }

    public static bool IsBuiltIn(ByteString config, string symbol) => LineOf(config, symbol) == $"CONFIG_{symbol}=y";

    /// <summary>
    /// The value of ARCH that a configuration was made with: its third line is "# Linux/arm64 6.12.1 Kernel
    /// Configuration", the title of the top menu. Null if no comment at its start says so.
    /// </summary>
    public static string? ArchOf(ByteString config)
    {
        foreach (var line in ByteLines.Of(config).Take(TitleLines))
        {
            var rest = line.Bytes.StartsWith(Title) ? line.Bytes.Slice(Title.Length) : default;
            if (rest.Span.IndexOf((byte)' ') is var end and > 0 && rest.Slice(0, end).TryToText() is { } name && name.All(IsArchLetter))
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>SRCARCH of the .config at the top of a tree, the folder in arch/; none if there is no such file.</summary>
    public static ImmutableArray<string> ArchitecturesOf(KernelTree tree) =>
        tree.TryRead(Path) is { } config && ArchOf(config) is { } arch ? [Architectures.FolderOf(arch)] : [];

    private static bool IsArchLetter(char letter) => char.IsAsciiLetterOrDigit(letter) || letter == '_';

    /// <summary>Replaces the line of a symbol; null removes it.</summary>
    public static ByteString Replace(ByteString config, string symbol, string? with)
    {
        var wanted = ByteString.OfText(symbol);
        var pieces = new List<ByteString>();
        foreach (var line in ByteLines.Of(config))
        {
            var bare = line.Bare;
            if (SymbolOf(bare) != wanted)
            {
                pieces.Add(config.Slice(line.Start, line.End - line.Start));
            }
            else if (with is not null)
            {
                pieces.Add(ByteString.OfText(with));
                pieces.Add(config.Slice(line.Start + bare.Length, line.End - line.Start - bare.Length));
            }
        }

        return ByteString.Concat([.. pieces]);
    }

    /// <summary>The symbols that two configurations set differently.</summary>
    public static IReadOnlySet<string> Difference(ByteString one, ByteString other)
    {
        var (first, second) = (Settings(one), Settings(other));
        return first.Keys.Union(second.Keys).Where(symbol => first.GetValueOrDefault(symbol) != second.GetValueOrDefault(symbol))
            .Select(symbol => symbol.ToString()).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>The symbol that a line of a configuration sets; null if it sets none.</summary>
    public static ByteString? SymbolOf(ByteString line) =>
        line.StartsWith(Set) && line.Span.IndexOf((byte)'=') is var end && end > Set.Length
            ? line.Slice(Set.Length, end - Set.Length)
            : line.StartsWith(Unset) && line.EndsWith(UnsetEnd) && line.Length >= Unset.Length + UnsetEnd.Length
            ? line.Slice(Unset.Length, line.Length - Unset.Length - UnsetEnd.Length)
            : null;

    private static Dictionary<ByteString, ByteString> Settings(ByteString config)
    {
        var settings = new Dictionary<ByteString, ByteString>();
        foreach (var line in ByteLines.Of(config))
        {
            if (SymbolOf(line.Bare) is { } symbol)
            {
                settings[symbol] = line.Bare;
            }
        }

        return settings;
    }
}

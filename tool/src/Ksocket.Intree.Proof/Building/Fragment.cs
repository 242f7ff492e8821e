// SPDX-License-Identifier: GPL-2.0-only
using System.Reflection;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Proof.Building;

/// <summary>The requested configuration: lines that kconfig must keep, and lines that are optional.</summary>
public sealed record Fragment(IReadOnlyList<string> Required, IReadOnlyList<string> Wanted)
{
    /// <summary>All lines for kconfig, including the names that older kernels use for required symbols.</summary>
    public IEnumerable<string> Asked => [.. Required, .. Wanted, .. Lines("base", "asked")];

    public static Fragment For(KernelKind kind, Form form)
    {
        var letter = form == Form.Module ? 'm' : 'y';
        string[] ours =
        [
            $"CONFIG_KSOCKET={letter}",
            .. form == Form.Tests
                ? (ReadOnlySpan<string>)["CONFIG_KSOCKET_KUNIT_TEST=y"]
                : ["CONFIG_SAMPLES=y", $"CONFIG_SAMPLE_KSOCKET={letter}"],
        ];
        return new Fragment(
            [.. Lines("base"), .. Lines(kind.Arch.Name), .. kind.Debug ? Lines("debug") : [], .. ours],
            kind.Debug ? [.. Lines("debug", "wanted")] : []);
    }

    /// <summary>
    /// Part of a series: the ksocket symbols that exist so far, with all KUnit tests and samples of the kernel enabled.
    /// </summary>
    public static Fragment Among(KernelKind kind, IEnumerable<string> symbols, char letter) => new(
        [.. Lines("base"), .. Lines(kind.Arch.Name), "CONFIG_KUNIT_ALL_TESTS=y", "CONFIG_SAMPLES=y",
            .. symbols.Select(symbol => $"CONFIG_{symbol}={letter}")],
        []);

    /// <summary>The symbol that a line of a fragment or a .config sets.</summary>
    public static string SymbolOf(string line) => line["CONFIG_".Length..line.IndexOf('=', StringComparison.Ordinal)];

    private static IEnumerable<string> Lines(string name, string ending = "config")
    {
        using var resource = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream($"config/{name}.{ending}")!);
        return [.. resource.ReadToEnd().Split('\n').Where(line => line.StartsWith("CONFIG_", StringComparison.Ordinal))];
    }
}

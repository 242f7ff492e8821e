// SPDX-License-Identifier: GPL-2.0-only
using System.Reflection;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Proof.Building;

/// <summary>The configuration asked for: what must be kept to the letter, and what is taken where the kernel has it.</summary>
public sealed record Fragment(IReadOnlyList<string> Required, IReadOnlyList<string> Wanted)
{
    /// <summary>All lines for kconfig: these and those that bring what is required under another name in older kernels.</summary>
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
    /// Half a series: each symbol of ours that is there so far, among all the kernel's KUnit tests and with its samples
    /// on.
    /// </summary>
    public static Fragment Among(KernelKind kind, IEnumerable<string> symbols, char letter) => new(
        [.. Lines("base"), .. Lines(kind.Arch.Name), "CONFIG_KUNIT_ALL_TESTS=y", "CONFIG_SAMPLES=y",
            .. symbols.Select(symbol => $"CONFIG_{symbol}={letter}")],
        []);

    /// <summary>The symbol a line of a fragment or a .config is about.</summary>
    public static string SymbolOf(string line) => line["CONFIG_".Length..line.IndexOf('=', StringComparison.Ordinal)];

    private static IEnumerable<string> Lines(string name, string ending = "config")
    {
        using var resource = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream($"config/{name}.{ending}")!);
        return [.. resource.ReadToEnd().Split('\n').Where(line => line.StartsWith("CONFIG_", StringComparison.Ordinal))];
    }
}

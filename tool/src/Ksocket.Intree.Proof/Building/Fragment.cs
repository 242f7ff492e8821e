// SPDX-License-Identifier: GPL-2.0-only
using System.Reflection;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Proof.Building;

/// <summary>The requested configuration: values that kconfig must keep, and values that are optional.</summary>
public sealed record Fragment(IReadOnlyList<ConfigSetting> Required, IReadOnlyList<ConfigSetting> Wanted)
{
    /// <summary>All settings for kconfig, including the names that older kernels use for required symbols.</summary>
    public IEnumerable<ConfigSetting> Asked => [.. Required, .. Wanted, .. Without(Lines("base", "asked"), Required)];

    /// <param name="drivers">Null for ksocket alone.</param>
    public static Fragment For(KernelKind kind, Form form, ProvedDrivers? drivers = null) => new(
        [
            .. Lines("base"), .. Lines(kind.Arch.Name), .. kind.Debug ? Lines("debug") : [],
            .. (drivers ??= ProvedDrivers.Ksocket).Bundled ? Ours(form) : [], .. drivers.Settings(form),
        ],
        kind.Debug ? [.. Lines("debug", "wanted")] : []);

    /// <summary>
    /// Part of a series: the ksocket symbols that exist so far, with all KUnit tests and samples of the kernel enabled.
    /// </summary>
    public static Fragment Among(KernelKind kind, IEnumerable<ConfigSetting> symbols) => new(
        [.. Lines("base"), .. Lines(kind.Arch.Name), On("KUNIT_ALL_TESTS"), On("SAMPLES"),
            .. symbols],
        []);

    /// <summary>The symbols that prove itself sets for a form.</summary>
    public static IReadOnlyList<string> SymbolsOf(Form form) => form == Form.EachPatch
        ? ["KSOCKET", "KSOCKET_KUNIT_TEST", "SAMPLES", "SAMPLE_KSOCKET", "KUNIT_ALL_TESTS"]
        : [.. Ours(form).Select(setting => setting.Symbol)];

    /// <summary>The same with further required settings, which replace those of the same symbol.</summary>
    public Fragment With(IReadOnlyList<ConfigSetting> settings) =>
        new([.. Without(Required, settings), .. settings], [.. Without(Wanted, settings)]);

    private static ConfigSetting[] Ours(Form form)
    {
        var letter = form == Form.Module ? "m" : "y";
        return form switch
        {
            Form.OwnTest => [On("KSOCKET")],
            Form.Tests => [On("KSOCKET"), On("KSOCKET_KUNIT_TEST")],
            _ => [new("KSOCKET", letter), On("SAMPLES"), new("SAMPLE_KSOCKET", letter)],
        };
    }

    private static ConfigSetting On(string symbol) => new(symbol, "y");

    private static IEnumerable<ConfigSetting> Without(IEnumerable<ConfigSetting> settings, IReadOnlyList<ConfigSetting> others) =>
        settings.ExceptBy(others.Select(other => other.Symbol), setting => setting.Symbol);

    private static IEnumerable<ConfigSetting> Lines(string name, string ending = "config")
    {
        using var resource = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream($"config/{name}.{ending}")!);
        return [.. resource.ReadToEnd().Split('\n').Select(line => ConfigSetting.TryRead(line, out _)).OfType<ConfigSetting>()];
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Proof.Terms;

/// <summary>The drivers that a proof is about.</summary>
/// <param name="Bundled">Whether ksocket with its samples is one of them.</param>
/// <param name="Own">Those of the user, in the order of their dependencies.</param>
/// <param name="Expect">What the boot must print in addition to the expect: lines of their folders.</param>
public sealed record ProvedDrivers(bool Bundled, ImmutableArray<DriverSource> Own, ImmutableArray<string> Expect)
{
    public static ProvedDrivers Ksocket { get; } = new(true, [], []);

    public IReadOnlyList<DriverSource> All => [.. Bundled ? (DriverSource[])[DriverSource.Bundled] : [], .. Own];

    /// <summary>A driver of the user that is called as ksocket is named by its folder.</summary>
    public IReadOnlyList<string> Names =>
        [.. All.Select(driver => driver.IsBundled || driver.Name != DriverSource.Bundled.Name ? driver.Name : driver.Folder.ToString())];

    /// <summary>What names say besides ksocket, after a comma; nothing if it is alone.</summary>
    public static string NoteOf(IReadOnlyList<string> names)
    {
        var own = string.Join(" and ", names.Where(name => name != DriverSource.Bundled.Name));
        return own.Length == 0 ? "" : names.Contains(DriverSource.Bundled.Name) ? $", with {own}" : $", only {own}";
    }

    /// <summary>The folders whose KUnit suites must run.</summary>
    public IReadOnlyList<TreePath> TestFolders => [.. All.Select(driver => driver.Folder / "tests")];

    /// <summary>What the boot must print for the drivers of the user.</summary>
    public IReadOnlyList<string> Expected => [.. Own.SelectMany(driver => driver.Words.Expect), .. Expect];

    /// <summary>The drivers of the user that are modules in this form: a symbol that is bool is built in.</summary>
    public IEnumerable<DriverSource> ModulesIn(Form form) => form == Form.Module ? Own.Where(IsTristate) : [];

    /// <summary>Whether a driver of the user is in the kernel to the end of the boot, and may keep a socket open.</summary>
    public bool MayKeepSockets(Form form) => Own.Except(ModulesIn(form)).Any();

    /// <summary>
    /// The symbols of the user's drivers, and for the KUnit form those of their tests, which end in _KUNIT_TEST
    /// (Documentation/dev-tools/kunit/style.rst).
    /// </summary>
    public IEnumerable<ConfigSetting> Settings(Form form) =>
        from driver in Own
        from symbol in DriverSymbols.In(driver)
        where IsOfTests(symbol) ? form == Form.Tests : symbol == driver.Symbol
        select new ConfigSetting(symbol, ModulesIn(form).Contains(driver) ? "m" : "y");

    /// <summary>Whether a symbol is that of KUnit tests.</summary>
    public static bool IsOfTests(string symbol) => symbol.EndsWith("_KUNIT_TEST", StringComparison.Ordinal);

    private static bool IsTristate(DriverSource driver) => DriverSymbols.IsTristate(driver, driver.Symbol);
}

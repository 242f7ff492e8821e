// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Series;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Files;
using Ksocket.Intree.Proof.Building;
using Ksocket.Intree.Proof.Checking;
using Ksocket.Intree.Proof.Copying;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof;

/// <summary>
/// Builds a series patch by patch, because git bisect may stop at any of them
/// (Documentation/process/submitting-patches.rst, "Separate your changes"). Each is built in, built as modules, and
/// compiled with W=1, so the report names the patch that introduces a warning.
/// </summary>
internal sealed class PatchByPatch(
    PlannedSeries series, ProvedDrivers drivers, SourceCopy copy, FolderTree source, KernelBuild build, KernelKind kind,
    IReadOnlyList<ConfigSetting> settings, string scratch, ProofLog log)
{
    public void Run(Steps steps)
    {
        var soFar = new Dictionary<TreePath, FileChange>();
        var number = 0;
        foreach (var patch in series.Patches)
        {
            foreach (var change in patch.Changes)
            {
                soFar[change.Path] = change;
            }

            copy.Overlay([.. soFar.Values]);
            var patchNumber = new PatchNumber(++number, series.Patches.Length);
            if (!(steps.Run(new Step(StepKind.PatchAsModule, patchNumber), () => Build('m', steps.Progress))
                && steps.Run(new Step(StepKind.PatchBuiltIn, patchNumber), () => Build('y', steps.Progress))
                && steps.Run(new Step(StepKind.Warnings, patchNumber), () =>
                    WarningCheck.Run(new CheckedTree(source, build, Form.EachPatch, drivers, scratch, log)))))
            {
                return;
            }
        }

        steps.Run(StepKind.Verdict, () => Finding.Passed($"{series.Patches.Length} patches, each builds on top of those before it"));
    }

    private Finding Build(char letter, Action<string> progress)
    {
        var symbols = Symbols(letter);
        OwnObjects.Delete(build.Output, drivers);
        build.Configure(Fragment.Among(kind, symbols).With(settings));
        build.Build(letter == 'm' ? [kind.Arch.Image, "modules"] : [kind.Arch.Image], progress);
        SymbolCheck.Run(source, build.Output, letter == 'm' ? Form.Module : Form.BuiltIn, BuiltSoFar());
        var set = symbols.Select(symbol => $"{symbol.Symbol}={symbol.Value}");
        return Finding.Passed($"{string.Join(", ", set)}, KUNIT_ALL_TESTS, SAMPLES");
    }

    /// <summary>A later patch may add the driver of the user.</summary>
    private List<DriverSource> BuiltSoFar() =>
        [.. drivers.All.Where(driver => driver.IsBundled || source.KindOf(driver.Makefile) == EntryKind.File)];

    /// <summary>The symbols that exist so far: all of ksocket; of another driver its own and those of its tests.</summary>
    private List<ConfigSetting> Symbols(char letter) =>
        [.. from driver in drivers.All
            from folder in driver.OwnFolders
            let text = source.TryRead(folder / "Kconfig")
            where text is not null
            from statement in KconfigFile.Read(folder / "Kconfig", text.Value).Statements
            where statement.Keyword.DefinesOne()
            let symbol = statement.Argument.ToString()
            where driver.IsBundled || symbol == driver.Symbol || ProvedDrivers.IsOfTests(symbol)
            select new ConfigSetting(symbol, driver.IsBundled || DriverSymbols.IsTristate(driver, symbol) ? $"{letter}" : "y")];
}

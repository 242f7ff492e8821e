// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Files;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof.Judging;

/// <summary>Judges a boot by what its form must print.</summary>
/// <param name="drivers">Null for ksocket alone.</param>
public sealed partial class Verdict(Form form, KernelKind kind, ProvedDrivers? drivers = null)
{
    private readonly ProvedDrivers _drivers = drivers ?? ProvedDrivers.Ksocket;

    /// <param name="source">The tree with the suites that must have run; for the KUnit form only.</param>
    public Finding Judge(ChildResult boot, FolderTree? source = null)
    {
        var console = new ConsoleText(boot.Output);
        var log = new BootLog(console);
        if (form == Form.Tests && !console.Contains("prove: done") && console.Contains("not ok "))
        {
            log.JudgeSuites(Suites(source!)); // a failed suite explains more than how the boot ended
        }

        log.Judge(boot, form == Form.Tests && boot.TimedOut ? HungCase.Of(console, source!, _drivers.TestFolders) : null);
        if (form == Form.Tests)
        {
            log.JudgeSuites(Suites(source!));
        }

        var reporter = kind.Debug ? "kernel and its detectors" : "kernel";
        var lockdep = log.LockdepIsOff ? "; lockdep turned itself off before the end, so later locking was not checked" : "";
        return Finding.Passed($"{string.Join(", ", Done(log, source))}, and the {reporter} reported no fault{Allowed(log)}{lockdep}");
    }

    private IEnumerable<string> Done(BootLog log, FolderTree? source)
    {
        var (bundled, own) = (_drivers.Bundled, !_drivers.Own.IsEmpty && form is Form.BuiltIn or Form.Module);
        if (form == Form.OwnTest)
        {
            yield return "the test ended without a failure";
        }
        else if (form == Form.Tests)
        {
            yield return $"{log.Cases} KUnit cases passed";
        }
        else if (bundled)
        {
            yield return form == Form.Module ? "TCP and UDP worked, rmmod worked at any time" : "TCP and UDP worked";
        }

        foreach (var driver in own ? _drivers.Own : [])
        {
            yield return $"{driver.Name} {(_drivers.ModulesIn(form).Contains(driver) ? "loaded and unloaded" : "booted")}";
        }

        if (own)
        {
            yield return _drivers.Expected.Count > 0 ? "all expected lines were printed" : "no line was expected of it";
        }

        foreach (var driver in form == Form.Tests ? _drivers.Own.Where(driver => SuitesOf(driver, source!).Count == 0) : [])
        {
            yield return $"{driver.Name} has no suite";
        }

        if (form is Form.Tests or Form.Module && !_drivers.MayKeepSockets(form))
        {
            yield return "no socket was left";
        }
    }

    private static string Allowed(BootLog log) =>
        log.Allowed.Count == 0 ? "" : $" except known ones of the kernel: {string.Join("; ", log.Allowed)}";

    /// <summary>Refuses a driver that has a symbol for tests, and no suite.</summary>
    private List<string> Suites(FolderTree source)
    {
        var suites = new List<string>();
        foreach (var driver in _drivers.All)
        {
            var own = SuitesOf(driver, source);
            if (own.Count == 0 && DriverSymbols.In(driver).Any(ProvedDrivers.IsOfTests))
            {
                throw IntreeFailure.NotProven($"{driver.Folder}/tests names no KUnit suite", "its Kconfig has a symbol for tests");
            }

            suites.AddRange(own);
        }

        return suites;
    }

    private static List<string> SuitesOf(DriverSource driver, FolderTree source) =>
    [
        .. from path in source.EntriesBelow(driver.Folder / "tests")
           from Match match in SuiteNames().Matches(source.TryRead(path)?.ToString() ?? "")
           select match.Groups["name"].Value,
    ];

    [GeneratedRegex(@"struct\s+kunit_suite\s+\w+\s*=\s*\{[^{}]*?\.name\s*=\s*""(?<name>[^""]+)""")]
    private static partial Regex SuiteNames();
}

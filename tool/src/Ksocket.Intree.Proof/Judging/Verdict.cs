// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
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
        return Finding.Passed($"{Done(log)}, and the {reporter} reported no fault{Allowed(log)}{lockdep}");
    }

    private string Done(BootLog log) => string.Join(", ", Parts(log));

    private IEnumerable<string> Parts(BootLog log)
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

        if (own)
        {
            var names = string.Join(" and ", _drivers.Own.Select(driver => driver.Name));
            var done = form == Form.Module ? "loaded and unloaded" : "booted";
            yield return _drivers.Expected.Count > 0
                ? $"{names} {done}, and printed what is expected"
                : $"{names} {done}; nothing says what it should print";
        }

        if (form is Form.Tests or Form.Module && !_drivers.MayKeepSockets(form))
        {
            yield return "no socket was left";
        }
    }

    private static string Allowed(BootLog log) =>
        log.Allowed.Count == 0 ? "" : $" except known ones of the kernel: {string.Join("; ", log.Allowed)}";

    private List<string> Suites(FolderTree source) =>
        [.. from folder in _drivers.TestFolders
            from path in source.EntriesBelow(folder)
            from Match match in SuiteNames().Matches(source.TryRead(path)?.ToString() ?? "")
            select match.Groups["name"].Value];

    [GeneratedRegex(@"^\s*\.name = ""(?<name>\w+)""", RegexOptions.Multiline)]
    private static partial Regex SuiteNames();
}

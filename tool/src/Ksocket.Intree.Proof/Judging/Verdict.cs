// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Files;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof.Judging;

/// <summary>Judges a boot by what its form must print.</summary>
public sealed partial class Verdict(Form form, KernelKind kind)
{
    /// <param name="source">The tree with the suites that must have run; for the KUnit form only.</param>
    public Finding Judge(ChildResult boot, FolderTree? source = null)
    {
        var console = new ConsoleText(boot.Output);
        var log = new BootLog(console);
        if (form == Form.Tests && !console.Contains("prove: done") && console.Contains("not ok "))
        {
            log.JudgeSuites(Suites(source!)); // a failed suite explains more than how the boot ended
        }

        log.Judge(boot, form == Form.Tests && boot.TimedOut ? HungCase.Of(console, source!) : null);
        if (form == Form.Tests)
        {
            log.JudgeSuites(Suites(source!));
        }

        var reporter = kind.Debug ? "kernel and its detectors" : "kernel";
        var lockdep = log.LockdepIsOff ? "; lockdep turned itself off before the end, so later locking was not checked" : "";
        return Finding.Passed($"{Done(log)}, and the {reporter} reported no fault{Allowed(log)}{lockdep}");
    }

    private string Done(BootLog log) => form switch
    {
        Form.BuiltIn => "TCP and UDP worked",
        Form.OwnTest => "the test ended without a failure",
        Form.Module => "TCP and UDP worked, rmmod worked at any time, no socket was left",
        _ => $"{log.Cases} KUnit cases passed, no socket was left",
    };

    private static string Allowed(BootLog log) =>
        log.Allowed.Count == 0 ? "" : $" except known ones of the kernel: {string.Join("; ", log.Allowed)}";

    private static List<string> Suites(FolderTree source) =>
        [.. from path in source.EntriesBelow(DriverSource.Bundled.Folder / "tests")
            from Match match in SuiteNames().Matches(source.TryRead(path)?.ToString() ?? "")
            select match.Groups["name"].Value];

    [GeneratedRegex(@"^\s*\.name = ""(?<name>\w+)""", RegexOptions.Multiline)]
    private static partial Regex SuiteNames();
}

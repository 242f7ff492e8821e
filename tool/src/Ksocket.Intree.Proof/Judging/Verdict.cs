// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Files;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof.Judging;

/// <summary>What a boot of one form must have shown.</summary>
public sealed partial class Verdict(Form form, KernelKind kind)
{
    /// <param name="source">Names the suites that must have run; only the KUnit form has any.</param>
    public Finding Judge(ChildResult boot, FolderTree? source = null)
    {
        var console = new ConsoleText(boot.Output);
        var log = new BootLog(console);
        if (form == Form.Tests && !console.Contains("prove: done") && console.Contains("not ok "))
        {
            log.JudgeSuites(Suites(source!)); // what a suite says of its failure beats the way the boot then ended
        }

        log.Judge(boot, form == Form.Tests && boot.TimedOut ? HungCase.Of(console, source!) : null);
        if (form == Form.Tests)
        {
            log.JudgeSuites(Suites(source!));
        }

        var reporter = kind.Debug ? "kernel and its detectors" : "kernel";
        var lockdep = log.LockdepIsOff ? "; lockdep was off in the end, so of locks only what came before that was judged" : "";
        return Finding.Passed($"{Done(log)}, and the {reporter} reported nothing{Allowed(log)}{lockdep}");
    }

    private string Done(BootLog log) => form switch
    {
        Form.BuiltIn => "TCP and UDP talked",
        Form.Module => "TCP and UDP talked, rmmod worked at odd moments, no socket was left",
        _ => $"{log.Cases} KUnit cases passed, no socket was left",
    };

    private static string Allowed(BootLog log) =>
        log.Allowed.Count == 0 ? "" : $" but what is known not to be ours: {string.Join("; ", log.Allowed)}";

    private static List<string> Suites(FolderTree source) =>
        [.. from path in source.EntriesBelow(Landing.DriverFolder / "tests")
            from Match match in SuiteNames().Matches(source.TryRead(path)?.ToString() ?? "")
            select match.Groups["name"].Value];

    [GeneratedRegex(@"^\s*\.name = ""(?<name>\w+)""", RegexOptions.Multiline)]
    private static partial Regex SuiteNames();
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using System.Text.RegularExpressions;
using Ksocket.Intree.Core;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof.Judging;

/// <summary>Judges what a booted kernel printed: by the tokens that must be there, never by silence.</summary>
public sealed partial class BootLog(ConsoleText console)
{
    private const int LongestUnload = 1000;

    /// <summary>More of these no report needs; a kernel may print without end.</summary>
    private const int MostLines = 10_000;

    private readonly IEnumerable<string> _lines = Lines(console);

    /// <summary>A console line by line, without what printk puts before each.</summary>
    public static IEnumerable<string> Lines(ConsoleText console) => console.Lines.Select(line => Time().Replace(line, ""));

    /// <summary>What the samples printed.</summary>
    public IReadOnlyList<string> SampleOutput => [.. _lines.Where(line => Samples().IsMatch(line)).Take(MostLines)];

    /// <summary>What KUnit printed.</summary>
    public string Ktap => string.Concat(_lines.Where(line => KtapLine().IsMatch(line)).Take(MostLines).Select(line => line + "\n"));

    /// <summary>How many KUnit cases passed.</summary>
    public int Cases => _lines.Count(PassedCase().IsMatch);

    /// <summary>Complaints that were allowed, by name.</summary>
    public IReadOnlyList<string> Allowed => [.. Complaints.In(_lines).Select(Noise.NameOf).OfType<string>().Distinct()];

    /// <summary>
    /// Refuses a boot in which one of these suites did not run and pass, as its KTAP lines tell
    /// (Documentation/dev-tools/ktap.rst).
    /// </summary>
    public void JudgeSuites(IReadOnlyCollection<string> suites)
    {
        if (_lines.FirstOrDefault(line => line.TrimStart().StartsWith("not ok ", StringComparison.Ordinal)) is { } failed)
        {
            throw IntreeFailure.NotProven($"KUnit: {failed.Trim()}", FirstFailedExpectation());
        }

        // The kernel was built with all a case may need, so one that was passed over shows a hole in it.
        if (_lines.FirstOrDefault(line => SkippedCase().IsMatch(line)) is { } skipped)
        {
            throw IntreeFailure.NotProven(
                $"KUnit: {skipped.Trim()}", "the case says what it lacks; tool/src/Ksocket.Intree.Proof/Config should give it");
        }

        var passed = _lines.Select(line => PassedSuite().Match(line)).Where(match => match.Success)
            .Select(match => match.Groups["suite"].Value).ToHashSet(StringComparer.Ordinal);
        if (suites.Count == 0)
        {
            throw IntreeFailure.NotProven("drivers/ksocket/tests names no KUnit suite");
        }

        if (suites.FirstOrDefault(suite => !passed.Contains(suite)) is { } missing)
        {
            throw IntreeFailure.NotProven(
                $"KUnit: the suite {missing} did not run",
                    "is it listed in drivers/ksocket/tests/suites.c, and its file in the Makefile beside it?");
        }
    }

    /// <summary>Nothing of ours ran yet, and the kernel reported nothing.</summary>
    public bool IsUneventful =>
        !_lines.Any(line => IsOfInit(line) || KtapLine().IsMatch(line) || Samples().IsMatch(line)) && !Complaints.In(_lines).Any();

    /// <summary>lockdep ends itself at its first complaint, also at one that was allowed; our init looked in the end.</summary>
    public bool LockdepIsOff => _lines.Any(line => line.Contains("prove: lockdep is off", StringComparison.Ordinal));

    /// <summary>Refuses a boot of another kernel than the report will name.</summary>
    public void JudgeRelease(string release)
    {
        var banner = _lines.FirstOrDefault(line => line.StartsWith("Linux version ", StringComparison.Ordinal));
        if (banner?.StartsWith($"Linux version {release} ", StringComparison.Ordinal) != true)
        {
            throw IntreeFailure.NotProven($"the image names {release}, and what booted said: {banner ?? "nothing of its version"}");
        }
    }

    /// <summary>Refuses a boot that did not do everything it was told, or that reported trouble on the way.</summary>
    /// <param name="hung">What is known to hang in a boot that did not end.</param>
    public void Judge(ChildResult boot, string? hung = null)
    {
        if (Complaints.In(_lines).FirstOrDefault(complaint => Noise.NameOf(complaint) is null) is { } trouble)
        {
            throw IntreeFailure.NotProven($"the kernel reported: {trouble.Line}", Culprit.Of(trouble));
        }

        if (_lines.FirstOrDefault(line => line.Contains("prove: failed", StringComparison.Ordinal)) is { } failed)
        {
            throw IntreeFailure.NotProven(failed.Trim(), Culprit.OfStep(failed));
        }

        if (boot.TimedOut || !_lines.Any(line => line.Contains("prove: done", StringComparison.Ordinal)))
        {
            var ending = boot.TimedOut ? "did not end" : "ended early";
            throw IntreeFailure.NotProven(
                $"the boot {ending}; the last it said was: {LastWords()}",
                !boot.TimedOut ? "the kernel or its machine died without a word; the log has what came before"
                : hung ?? "something waits for ever: a call without a timeout that nothing wakes, or a server that does not see its stop");
        }

        foreach (var unload in _lines.Select(line => Unloads().Match(line)).Where(match => match.Success))
        {
            if (int.Parse(unload.Groups["ms"].Value, CultureInfo.InvariantCulture) > LongestUnload)
            {
                throw IntreeFailure.NotProven(
                    $"rmmod {unload.Groups["module"].Value} took {unload.Groups["ms"].Value} ms, more than {LongestUnload}",
                    "a thread was not woken: the stop order is flag, kernel_sock_shutdown, kthread_stop, sock_release");
            }
        }
    }

    private static bool IsOfInit(string line) =>
        line.Contains("prove: ", StringComparison.Ordinal) || line.Contains("as init process", StringComparison.Ordinal);

    private string LastWords() => _lines.LastOrDefault(line => line.Trim().Length > 0)?.Trim() ?? "nothing at all";

    /// <summary>KUnit prints what it expected, and where, before the case's own line.</summary>
    private string? FirstFailedExpectation()
    {
        var first = _lines.SkipWhile(line => !line.Contains(" FAILED at ", StringComparison.Ordinal))
            .Take(3).Select(line => line.Trim(' ', '#')).ToList();
        return first.Count == 0 ? null : string.Join(" ", first);
    }

    [GeneratedRegex(@"^(?!prove:).*(\btcp_server:|\bUDP Server:|\[(tcp|udp)_client\])")]
    private static partial Regex Samples();

    /// <summary>What a kernel with PRINTK_TIME or PRINTK_CALLER puts before each line.</summary>
    [GeneratedRegex(@"^\[ *\d+\.\d+\](\[ *[TC]\d+\])? |^\[ *[TC]\d+\] ")]
    private static partial Regex Time();

    [GeneratedRegex(@"^\s*((not )?ok \d+|# |TAP version|KTAP version|1\.\.\d+)")]
    private static partial Regex KtapLine();

    [GeneratedRegex(@"^ok \d+ (- )?(?<suite>\w+)")]
    private static partial Regex PassedSuite();

    /// <summary>As KUnit says it, and as the suites do where KUnit cannot.</summary>
    [GeneratedRegex(@"^\s+ok \d+ .*# SKIP|^\s+# \w+: skipped: ")]
    private static partial Regex SkippedCase();

    [GeneratedRegex(@"^\s+ok \d+ ")]
    private static partial Regex PassedCase();

    [GeneratedRegex(@"prove: ok (?<ms>\d+) ms: unload (?<module>\S+)")]
    private static partial Regex Unloads();
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using System.Text.RegularExpressions;
using Ksocket.Intree.Core;

namespace Ksocket.Intree.Proof;

/// <summary>Judges what a booted kernel printed: by the tokens that must be there, never by silence.</summary>
public sealed partial class BootLog(string text)
{
    private const int LongestUnload = 1000;

    private readonly string[] _lines = text.Split('\n');

    /// <summary>What the samples said.</summary>
    public IReadOnlyList<string> Talk => [.. _lines.Where(line => Samples().IsMatch(line)).Select(line => line.TrimEnd('\r'))];

    /// <summary>How many KUnit cases passed.</summary>
    public int Cases => PassedCase().Count(text);

    /// <summary>Refuses a boot in which one of these suites did not run and pass, as its KTAP lines tell (Documentation/dev-tools/ktap.rst).</summary>
    public void JudgeSuites(IReadOnlyCollection<string> suites)
    {
        if (Array.Find(_lines, line => line.TrimStart().StartsWith("not ok ", StringComparison.Ordinal)) is { } failed)
        {
            throw IntreeFailure.NotProven($"KUnit: {failed.Trim()}");
        }

        // The kernel was built with all a case may need, so one that was passed over shows a hole in it.
        if (Array.Find(_lines, line => SkippedCase().IsMatch(line)) is { } skipped)
        {
            throw IntreeFailure.NotProven($"KUnit: {skipped.Trim()}");
        }

        var passed = PassedSuite().Matches(text).Select(match => match.Groups["suite"].Value).ToHashSet(StringComparer.Ordinal);
        if (suites.Count == 0)
        {
            throw IntreeFailure.NotProven("drivers/ksocket/tests names no KUnit suite");
        }

        if (suites.FirstOrDefault(suite => !passed.Contains(suite)) is { } missing)
        {
            throw IntreeFailure.NotProven($"KUnit: the suite {missing} did not run");
        }
    }

    /// <summary>Refuses a boot that did not do everything it was told, or that reported trouble on the way.</summary>
    public void Judge(ChildResult boot)
    {
        if (Array.Find(_lines, line => Trouble().IsMatch(line)) is { } trouble)
        {
            throw IntreeFailure.NotProven($"the kernel reported: {trouble.Trim()}");
        }

        if (Array.Find(_lines, line => line.Contains("prove: failed", StringComparison.Ordinal)) is { } failed)
        {
            throw IntreeFailure.NotProven(failed.Trim());
        }

        if (boot.TimedOut || !_lines.Any(line => line.Contains("prove: done", StringComparison.Ordinal)))
        {
            throw IntreeFailure.NotProven($"the boot {(boot.TimedOut ? "did not end" : "ended early")}; the last it said was: {_lines.LastOrDefault(line => line.Trim().Length > 0)?.Trim()}");
        }

        foreach (Match unload in Unloads().Matches(text))
        {
            if (int.Parse(unload.Groups["ms"].Value, CultureInfo.InvariantCulture) > LongestUnload)
            {
                throw IntreeFailure.NotProven($"rmmod {unload.Groups["module"].Value} took {unload.Groups["ms"].Value} ms, more than {LongestUnload}");
            }
        }
    }

    [GeneratedRegex(@"^(?!prove:).*(\btcp_server:|\bUDP Server:|\[(tcp|udp)_client\])")]
    private static partial Regex Samples();

    [GeneratedRegex(@"BUG:|WARNING:|Oops|Kernel panic|Call Trace|INFO: task .* blocked|possible (circular|recursive) locking|inconsistent lock state|KASAN|suspicious RCU|unreferenced object|refcount_t:|unregister_netdevice: waiting")]
    private static partial Regex Trouble();

    [GeneratedRegex(@"^ok \d+ (- )?(?<suite>\w+)", RegexOptions.Multiline)]
    private static partial Regex PassedSuite();

    /// <summary>As KUnit says it, and as the suites do where KUnit cannot.</summary>
    [GeneratedRegex(@"^\s+ok \d+ .*# SKIP|^\s+# \w+: skipped: ")]
    private static partial Regex SkippedCase();

    [GeneratedRegex(@"^\s+ok \d+ ", RegexOptions.Multiline)]
    private static partial Regex PassedCase();

    [GeneratedRegex(@"prove: ok (?<ms>\d+) ms: unload (?<module>\S+)")]
    private static partial Regex Unloads();
}

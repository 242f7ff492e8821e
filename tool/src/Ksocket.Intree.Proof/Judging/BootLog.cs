// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using System.Text.RegularExpressions;
using Ksocket.Intree.Core;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof.Judging;

/// <summary>Judges the output of a booted kernel by the lines that it must contain.</summary>
public sealed partial class BootLog(ConsoleText console)
{
    private const int LongestUnload = 1000;

    /// <summary>A limit for the report: a kernel may print endlessly.</summary>
    private const int MostLines = 10_000;

    private readonly IEnumerable<string> _lines = Lines(console);

    /// <summary>The lines of a console, without the prefix of printk.</summary>
    public static IEnumerable<string> Lines(ConsoleText console) => console.Lines.Select(line => Time().Replace(line, ""));

    /// <summary>What the samples of ksocket printed, and the drivers of the user, with their name as prefix.</summary>
    public IReadOnlyList<string> SampleOutput(IReadOnlyList<string> own) =>
        [.. _lines.Where(line => Samples().IsMatch(line) || IsOf(line, own)).Take(MostLines)];

    /// <summary>What these modules printed, with their name as prefix, and what /init printed.</summary>
    public IReadOnlyList<string> OutputOf(IReadOnlyList<string> modules) =>
        [.. _lines.Where(line => IsOf(line, [.. modules, "prove"])).Take(MostLines)];

    /// <summary>What KUnit printed.</summary>
    public string Ktap => string.Concat(_lines.Where(line => KtapLine().IsMatch(line)).Take(MostLines).Select(line => line + "\n"));

    /// <summary>How many KUnit cases passed.</summary>
    public int Cases => _lines.Count(PassedCase().IsMatch);

    /// <summary>The names of accepted complaints.</summary>
    public IReadOnlyList<string> Allowed => [.. Complaints.In(_lines).Select(Noise.NameOf).OfType<string>().Distinct()];

    /// <summary>
    /// Throws unless each of these suites ran and passed, according to its KTAP lines
    /// (Documentation/dev-tools/ktap.rst).
    /// </summary>
    public void JudgeSuites(IReadOnlyCollection<string> suites)
    {
        if (_lines.FirstOrDefault(line => line.TrimStart().StartsWith("not ok ", StringComparison.Ordinal)) is { } failed)
        {
            throw IntreeFailure.NotProven($"KUnit: {failed.Trim()}", FirstFailedExpectation());
        }

        // The kernel is configured with everything a case may need, so a skipped case shows a gap in that.
        if (_lines.FirstOrDefault(line => SkippedCase().IsMatch(line)) is { } skipped)
        {
            throw IntreeFailure.NotProven(
                $"KUnit: {skipped.Trim()}", "the case reports what it needs; add it to tool/src/Ksocket.Intree.Proof/Config");
        }

        var passed = _lines.Select(line => PassedSuite().Match(line)).Where(match => match.Success)
            .Select(match => match.Groups["suite"].Value).ToHashSet(StringComparer.Ordinal);
        if (suites.Count == 0)
        {
            throw IntreeFailure.NotProven("no driver has a KUnit suite in its folder tests/");
        }

        if (suites.FirstOrDefault(suite => !passed.Contains(suite)) is { } missing)
        {
            throw IntreeFailure.NotProven(
                $"KUnit: the suite {missing} did not run",
                "is its file in the Makefile beside it, and is it registered? ksocket lists its suites in drivers/ksocket/tests/suites.c");
        }
    }

    /// <summary>No driver code or /init ran, and the kernel reported no fault.</summary>
    public bool IsUneventful =>
        !_lines.Any(line => IsOfInit(line) || KtapLine().IsMatch(line) || Samples().IsMatch(line)) && !Complaints.In(_lines).Any();

    /// <summary>lockdep turns itself off after its first complaint, even an accepted one; /init checks it at the end.</summary>
    public bool LockdepIsOff => _lines.Any(line => line.Contains("prove: lockdep is off", StringComparison.Ordinal));

    /// <summary>Throws if another kernel booted than the report will name.</summary>
    public void JudgeRelease(string release)
    {
        var banner = _lines.FirstOrDefault(line => line.StartsWith("Linux version ", StringComparison.Ordinal));
        if (banner?.StartsWith($"Linux version {release} ", StringComparison.Ordinal) != true)
        {
            throw IntreeFailure.NotProven($"the image is {release}, but the booted kernel printed: {banner ?? "no version"}");
        }
    }

    /// <summary>Throws if the boot did not complete its script, or if the kernel reported a fault.</summary>
    /// <param name="hung">What hung, if that is known of a boot that timed out.</param>
    public void Judge(ChildResult boot, string? hung = null)
    {
        if (_lines.Any(line => line.Contains("ptrace set fp regs failed", StringComparison.Ordinal)))
        {
            throw IntreeFailure.Fatal(
                "user-mode Linux of this kernel cannot run programs on this machine: the register state of the CPU is larger than "
                    + "arch/x86/um/user-offsets.c expects, as it is with AMX",
                "prove it under QEMU with --arch x86_64, or on another machine; newer kernels, such as 7.3, have no such limit");
        }

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
                $"the boot {ending}; its last line was: {LastLine()}",
                !boot.TimedOut ? "the kernel or the emulator crashed without a message; see the log"
                : hung ?? "something hangs: a call without a timeout that nothing wakes, or a server that does not notice its stop flag");
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

    private static bool IsOf(string line, IReadOnlyList<string> names) =>
        names.Any(name => line.StartsWith($"{name}: ", StringComparison.Ordinal));

    private static bool IsOfInit(string line) =>
        line.Contains("prove: ", StringComparison.Ordinal) || line.Contains("as init process", StringComparison.Ordinal);

    private string LastLine() => _lines.LastOrDefault(line => line.Trim().Length > 0)?.Trim() ?? "(no output)";

    /// <summary>KUnit prints the expectation and its location before the result line of the case.</summary>
    private string? FirstFailedExpectation()
    {
        var first = _lines.SkipWhile(line => !line.Contains(" FAILED at ", StringComparison.Ordinal))
            .Take(3).Select(line => line.Trim(' ', '#')).ToList();
        return first.Count == 0 ? null : string.Join(" ", first);
    }

    [GeneratedRegex(@"^(?!prove:).*(\btcp_server:|\bUDP Server:|\[(tcp|udp)_client\])")]
    private static partial Regex Samples();

    /// <summary>The line prefix of a kernel with PRINTK_TIME or PRINTK_CALLER.</summary>
    [GeneratedRegex(@"^\[ *\d+\.\d+\](\[ *[TC]\d+\])? |^\[ *[TC]\d+\] ")]
    private static partial Regex Time();

    [GeneratedRegex(@"^\s*((not )?ok \d+|# |TAP version|KTAP version|1\.\.\d+)")]
    private static partial Regex KtapLine();

    [GeneratedRegex(@"^ok \d+ (- )?(?<suite>\S+)")]
    private static partial Regex PassedSuite();

    /// <summary>As printed by KUnit, or by the suites where KUnit cannot skip.</summary>
    [GeneratedRegex(@"^\s+ok \d+ .*# SKIP|^\s+# \w+: skipped: ")]
    private static partial Regex SkippedCase();

    [GeneratedRegex(@"^\s+ok \d+ ")]
    private static partial Regex PassedCase();

    [GeneratedRegex(@"prove: ok (?<ms>\d+) ms: unload (?<module>\S+)")]
    private static partial Regex Unloads();
}

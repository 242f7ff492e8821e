// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Processes;
using Xunit;

namespace Ksocket.Intree.Testing;

/// <summary>Skips a test that cannot run here, with the reason.</summary>
public static class Skip
{
    private static bool IsAll => Environment.GetEnvironmentVariable("KSOCKET_INTREE_ALL") is not (null or "");

    public static void UnlessRoot() => Assert.SkipUnless(Environment.UserName == "root", "skipped: mounting needs root");

    /// <summary>Of several kernels one is tested each day; KSOCKET_INTREE_ALL=1 tests all.</summary>
    /// <param name="turn">The kernel's place, from 0.</param>
    /// <param name="of">How many kernels take turns.</param>
    public static void UnlessItsTurn(int turn, int of) =>
        Assert.SkipUnless(IsAll || DateTime.UtcNow.DayOfYear % of == turn, "skipped: today is the turn of another");

    /// <summary>Of many numbers those of today; each has its day within <paramref name="days"/> days.</summary>
    public static IEnumerable<int> ShareOfToday(int first, int last, int days) =>
        Enumerable.Range(first, Math.Max(0, last - first + 1)).Where(at => IsAll || at % days == DateTime.UtcNow.DayOfYear % days);

    public static void Without(string program) =>
        Assert.SkipUnless(Programs.Find(program) is not null, $"skipped: {program} is not installed");
}

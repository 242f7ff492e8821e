// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;

namespace Ksocket.Intree.Proof.Judging;

/// <summary>Something the kernel complained about: its first line, and the block of lines that belong to it.</summary>
public sealed record Complaint(string Line, string Block);

/// <summary>Finds complaints in a kernel log: oops, WARN, hung task, lockdep, KASAN, sleeping in atomic context, leaks.</summary>
public static partial class Trouble
{
    private const int LongestBlock = 80;

    public static IEnumerable<Complaint> In(IReadOnlyList<string> lines)
    {
        for (var at = 0; at < lines.Count; at++)
        {
            if (!Begins().IsMatch(lines[at]))
            {
                continue;
            }

            var end = at + 1;
            while (end < lines.Count && end - at < LongestBlock && !IsHead(lines[end]) && !Token().IsMatch(lines[end]))
            {
                end++;
            }

            yield return new Complaint(lines[at].Trim(), string.Join('\n', lines.Skip(at).Take(end - at)));
            at = end - 1;
        }
    }

    /// <summary>The head of another complaint; a trace that follows belongs to the one it follows.</summary>
    private static bool IsHead(string line) => Begins().IsMatch(line) && !line.Contains("Call Trace", StringComparison.Ordinal) && !line.Contains("Kernel panic", StringComparison.Ordinal);

    [GeneratedRegex(@"BUG[: ]|WARNING:|Oops|Kernel panic|Call Trace|INFO: task .* blocked|INFO: rcu.*stall|soft lockup|possible (circular|recursive) locking|possible irq lock inversion|inconsistent lock state|Invalid wait context|KASAN|suspicious RCU|unreferenced object|refcount_t:|unregister_netdevice: waiting|sleeping function called|scheduling while atomic|(?<!: )ODEBUG:|list_(add|del) corruption|general protection fault|Segfault with no mm|Attempt to release ")]
    private static partial Regex Begins();

    /// <summary>Our own init, and KUnit, speak in between.</summary>
    [GeneratedRegex(@"^prove: |^\s*(not )?ok \d+ ")]
    private static partial Regex Token();
}

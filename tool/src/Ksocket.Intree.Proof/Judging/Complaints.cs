// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;

namespace Ksocket.Intree.Proof.Judging;

/// <summary>A fault that the kernel reported: its first line, and all lines that belong to it.</summary>
public sealed record Complaint(string Line, string Block);

/// <summary>Finds complaints in a kernel log: oops, WARN, hung task, lockdep, KASAN, sleeping in atomic context, leaks.</summary>
public static partial class Complaints
{
    private const int LongestBlock = 80;

    public static IEnumerable<Complaint> In(IEnumerable<string> lines)
    {
        var block = new List<string>();
        foreach (var line in lines)
        {
            if (block.Count > 0 && (block.Count == LongestBlock || IsHead(line) || Token().IsMatch(line)))
            {
                yield return Of(block);
                block.Clear();
            }

            if (block.Count > 0 || Begins().IsMatch(line))
            {
                block.Add(line);
            }
        }

        if (block.Count > 0)
        {
            yield return Of(block);
        }
    }

    private static Complaint Of(List<string> block) => new(block[0].Trim(), string.Join('\n', block));

    /// <summary>The first line of another complaint; a trace belongs to the complaint before it.</summary>
    private static bool IsHead(string line) => Begins().IsMatch(line)
        && !line.Contains("Call Trace", StringComparison.Ordinal) && !line.Contains("Kernel panic", StringComparison.Ordinal);

    [GeneratedRegex(
        @"BUG[: ]|WARNING:|Oops|Kernel panic|Call Trace|INFO: task .* blocked|INFO: rcu.*stall|soft lockup"
        + @"|possible (circular|recursive) locking|possible irq lock inversion|inconsistent lock state|Invalid wait context"
        + @"|KASAN|suspicious RCU|unreferenced object|refcount_t:|unregister_netdevice: waiting|sleeping function called"
        + @"|scheduling while atomic|(?<!: )ODEBUG:|list_(add|del) corruption|general protection fault|Segfault with no mm"
        + "|Attempt to release |kmemleak: (Adding scan area to|Trying to color) unknown object")]
    private static partial Regex Begins();

    /// <summary>Lines of /init and KUnit end a block.</summary>
    [GeneratedRegex(@"^prove: |^\s*(not )?ok \d+ ")]
    private static partial Regex Token();
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Files;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof.Judging;

/// <summary>
/// Which KUnit case a boot hung in. KUnit names a case when it is over, so the one that is not is found by its place in
/// its suite's table. That leaves two: KUnit ends that line without a newline, and printk holds it back until the next
/// (vprintk_store() in kernel/printk/printk.c), so the case before may have ended too.
/// </summary>
public static partial class HungCase
{
    /// <summary>What to look at, or null where no suite was running.</summary>
    public static string? Of(ConsoleText console, FolderTree source)
    {
        var (suite, over) = ("", 0);
        foreach (var line in BootLog.Lines(console))
        {
            if (Begins().Match(line) is { Success: true } begins)
            {
                (suite, over) = (begins.Groups["suite"].Value, 0);
            }
            else if (CaseOver().IsMatch(line))
            {
                over++;
            }
            else if (SuiteOver().IsMatch(line))
            {
                suite = "";
            }
        }

        return suite.Length == 0 ? null : CasesOf(suite, source).Skip(over).Take(2).ToList() switch
        {
            [var last] => $"the KUnit case {suite}.{last} does not end, or what its suite does after it",
            [var next, var other] =>
                $"the KUnit case {suite}.{next} does not end, or {other} after it: the kernel holds the last line back",
            _ => $"the KUnit suite {suite} does not end after its last case",
        };
    }

    private static IEnumerable<string> CasesOf(string suite, FolderTree source) =>
        from path in source.EntriesBelow(Landing.DriverFolder / "tests")
        let text = source.TryRead(path)?.ToString()
        where text is not null && text.Contains($".name = \"{suite}\"", StringComparison.Ordinal)
        from Match match in Cases().Matches(text)
        select match.Groups["name"].Value;

    [GeneratedRegex(@"^    # Subtest: (?<suite>\w+)")]
    private static partial Regex Begins();

    [GeneratedRegex(@"^    (not )?ok \d+")]
    private static partial Regex CaseOver();

    [GeneratedRegex(@"^(not )?ok \d+")]
    private static partial Regex SuiteOver();

    [GeneratedRegex(@"\bKUNIT_CASE\w*\((?<name>\w+)")]
    private static partial Regex Cases();
}

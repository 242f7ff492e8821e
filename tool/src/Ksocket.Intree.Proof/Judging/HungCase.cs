// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Files;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof.Judging;

/// <summary>
/// Finds the KUnit case in which a boot hung. KUnit prints the name of a case at its end, so the hung one is found by
/// position in its suite. Two cases qualify: printk delays a line without newline until the next line (vprintk_store()
/// in kernel/printk/printk.c), so the result of one more case may be missing.
/// </summary>
public static partial class HungCase
{
    /// <summary>A message, or null if no suite was running.</summary>
    public static string? Of(ConsoleText console, FolderTree source, IReadOnlyList<TreePath> testFolders)
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

        return suite.Length == 0 ? null : CasesOf(suite, source, testFolders).Skip(over).Take(2).ToList() switch
        {
            [var last] => $"the KUnit case {suite}.{last} or the cleanup of its suite hangs",
            [var next, var other] =>
                $"the KUnit case {suite}.{next} hangs, or {other} after it: printk delays the last line",
            _ => $"the KUnit suite {suite} hangs after its last case",
        };
    }

    private static IEnumerable<string> CasesOf(string suite, FolderTree source, IReadOnlyList<TreePath> testFolders) =>
        from folder in testFolders
        from path in source.EntriesBelow(folder)
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

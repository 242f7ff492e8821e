// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Core.Sending;

/// <summary>
/// Whether the variables that a function declares first are ordered by the length of their lines, longest first, as
/// networking code has them ("reverse xmas tree"). One that is initialised from another must come after it, so it may be
/// longer. Only functions that a patch adds whole are looked at.
/// </summary>
internal static partial class DeclarationCheck
{
    private const string Name = "xmas-tree";

    public static CheckResult Run(CheckInput input)
    {
        var wrong = input.Series.Letters.SelectMany(letter => Wrong(letter.Bytes)).ToList();
        return wrong.Count == 0
            ? CheckResult.Ok(Name, "declarations are in reverse xmas tree order")
            : CheckResult.Warn(Name, $"{wrong.Count} declarations are longer than the one before, the first in {wrong[0]}");
    }

    private static IEnumerable<string> Wrong(ByteString patch)
    {
        var (file, isFirst, before, names) = ("", false, int.MaxValue, new HashSet<string>(StringComparer.Ordinal));
        foreach (var line in ByteLines.Of(patch).Select(line => line.Text))
        {
            if (line.StartsWith("+++ b/", StringComparison.Ordinal))
            {
                (file, isFirst) = (line[6..], false);
            }
            else if (line == "+{")
            {
                (isFirst, before) = (true, int.MaxValue);
                names.Clear();
            }
            else if (isFirst && file.EndsWith(".c", StringComparison.Ordinal) && Declaration().Match(line) is { Success: true } found)
            {
                var length = Width(line[1..]);
                if (length > before && !Word().Matches(found.Groups["value"].Value).Any(word => names.Contains(word.Value)))
                {
                    yield return $"{file}: {line[1..].Trim()}";
                }

                before = length;
                names.Add(found.Groups["name"].Value);
            }
            else
            {
                isFirst = false;
            }
        }
    }

    /// <summary>Columns, with tabs of eight.</summary>
    private static int Width(string line) => line.Aggregate(0, (column, one) => one == '\t' ? column + 8 - column % 8 : column + 1);

    [GeneratedRegex(@"^\+\t(?!return\b|goto\b)(?:\w+\s+)+\**(?<name>\w+)(?:\[[^]]*\])*(?:\s*=\s*(?<value>[^;]+))?(?:,[^;(]+)?;$")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}

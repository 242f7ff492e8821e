// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Options;

/// <summary>Suggests a known word for an unknown one.</summary>
internal static class Suggestion
{
    /// <summary>The names that other programs use.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.Ordinal)
    {
        ["--dry-run"] = "--check",
        ["--directory"] = "-C",
        ["--output"] = "--output-directory",
        ["--colour"] = "--color",
        ["--sign-off"] = "--signoff",
        ["--uninstall"] = "remove",
        ["install"] = "apply",
        ["uninstall"] = "remove",
        ["format-patch"] = "series",
        ["check"] = "status",
    };

    /// <summary>The most similar known word; null if none is similar.</summary>
    public static string? For(string word, IReadOnlyCollection<string> known)
    {
        if (Elsewhere.TryGetValue(word, out var ours) && known.Contains(ours))
        {
            return ours;
        }

        var most = Math.Max(1, Math.Min(3, word.TrimStart('-').Length / 2));
        return known.Select(other => (Word: other, Distance: Distance(word, other)))
            .Where(other => other.Distance <= most)
            .OrderBy(other => other.Distance).ThenBy(other => other.Word, StringComparer.Ordinal)
            .Select(other => other.Word)
            .FirstOrDefault();
    }

    /// <summary>The number of insertions, deletions, substitutions and transpositions (optimal string alignment).</summary>
    private static int Distance(string one, string other)
    {
        var table = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            for (var j = 0; j <= other.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    table[i, j] = i + j;
                    continue;
                }

                var replaced = table[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                table[i, j] = Math.Min(replaced, Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
                }
            }
        }

        return table[one.Length, other.Length];
    }
}

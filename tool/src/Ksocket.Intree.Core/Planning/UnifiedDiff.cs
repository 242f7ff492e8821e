// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Planning;

/// <summary>
/// Changes as a patch that git apply takes. No search for differences is needed: our edits are whole files, and
/// one run of lines put into, or taken out of, a file that stays the same around it.
/// </summary>
public static class UnifiedDiff
{
    private const int Context = 3;

    /// <summary>git looks for a heading in this many bytes of a line (xdiff, def_ff).</summary>
    private const int HeadingLength = 80;

    public static string Of(ImmutableArray<FileChange> changes) =>
        string.Concat(changes.OrderBy(change => change.Path).Select(change => Of(change)));

    private static string Of(FileChange change)
    {
        var patch = new StringBuilder().Append(CultureInfo.InvariantCulture, $"diff --git a/{change.Path} b/{change.Path}\n");
        patch.Append(change switch
        {
            { Before: null } => "new file mode 100644\n",
            { After: null } => "deleted file mode 100644\n",
            _ => "",
        });
        patch.Append(change.Before is null ? "--- /dev/null\n" : $"--- a/{change.Path}\n");
        patch.Append(change.After is null ? "+++ /dev/null\n" : $"+++ b/{change.Path}\n");

        var before = TextLines.Of(KernelTree.ToText(change.Before ?? []));
        var after = TextLines.Of(KernelTree.ToText(change.After ?? []));
        return (before.Count + after.Count == 0 ? patch : Hunk(patch, before, after)).ToString();
    }

    private static StringBuilder Hunk(StringBuilder patch, IReadOnlyList<TextLine> before, IReadOnlyList<TextLine> after)
    {
        var most = Math.Min(before.Count, after.Count);
        var head = 0;
        while (head < most && Same(before[head], after[head]))
        {
            head++;
        }

        var tail = 0;
        while (tail < most - head && Same(before[^(tail + 1)], after[^(tail + 1)]))
        {
            tail++;
        }

        var from = Math.Max(0, head - Context);
        var trailing = Math.Min(Context, tail);
        patch.Append(CultureInfo.InvariantCulture, $"@@ -{Range(from, before.Count - tail + trailing)} +{Range(from, after.Count - tail + trailing)} @@{Heading(before, from)}\n");
        Append(' ', before.Take(head).Skip(from));
        Append('-', before.Take(before.Count - tail).Skip(head));
        Append('+', after.Take(after.Count - tail).Skip(head));
        Append(' ', before.Skip(before.Count - tail).Take(trailing));
        return patch;

        void Append(char sign, IEnumerable<TextLine> lines)
        {
            foreach (var line in lines)
            {
                patch.Append(sign).Append(line.Text).Append('\n');
                if (line.End - line.Start == line.Text.Length)
                {
                    patch.Append("\\ No newline at end of file\n");
                }
            }
        }
    }

    /// <summary>Lines from (counted from 0) up to to, as a hunk header counts them: from 1, and 0 for none.</summary>
    private static string Range(int from, int to)
    {
        var count = to - from;
        var start = count == 0 ? from : from + 1;
        return count == 1 ? $"{start}" : $"{start},{count}";
    }

    /// <summary>The nearest line above the hunk that looks like a heading, as git prints it.</summary>
    private static string Heading(IReadOnlyList<TextLine> lines, int from)
    {
        for (var at = from - 1; at >= 0; at--)
        {
            var text = lines[at].Text;
            if (text.Length > 0 && (char.IsAsciiLetter(text[0]) || text[0] is '_' or '$'))
            {
                return " " + text[..Math.Min(text.Length, HeadingLength)].TrimEnd();
            }
        }

        return "";
    }

    private static bool Same(TextLine one, TextLine other) =>
        one.Text == other.Text && one.End - one.Start == other.End - other.Start;
}

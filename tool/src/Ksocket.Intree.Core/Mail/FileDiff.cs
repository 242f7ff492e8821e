// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using System.Text;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Mail;

/// <summary>
/// One file's section of a patch, in the bytes git would print (git manual, "Generating patch text with -p"). No search
/// for differences is needed: our edits are whole files, and one run of lines put into, or taken out of, a file
/// that stays the same around it.
/// </summary>
/// <param name="Created">Whether the patch brings the file.</param>
public sealed record FileDiff(TreePath Path, bool Created, int Added, int Removed, string Text)
{
    private const int Context = 3;

    /// <summary>git looks for a heading in this many bytes of a line (xdiff, def_ff).</summary>
    private const int HeadingLength = 80;

    /// <summary>The section of a change; with an index line, which git am -3 needs, where asked for.</summary>
    public static FileDiff Of(FileChange change, bool withIndex = true)
    {
        var patch = new StringBuilder().Append(CultureInfo.InvariantCulture, $"diff --git a/{change.Path} b/{change.Path}\n");
        patch.Append(change switch
        {
            { Before: null } => "new file mode 100644\n",
            { After: null } => "deleted file mode 100644\n",
            _ => "",
        });
        if (withIndex)
        {
            var mode = change is { Before: not null, After: not null } ? " 100644" : "";
            patch.Append(CultureInfo.InvariantCulture, $"index {IdOf(change.Before)}..{IdOf(change.After)}{mode}\n");
        }

        var before = TextLines.Of(KernelTree.ToText(change.Before ?? []));
        var after = TextLines.Of(KernelTree.ToText(change.After ?? []));
        if (before.Count + after.Count == 0)
        {
            return new FileDiff(change.Path, change.Before is null, 0, 0, patch.ToString()); // git gives an empty file no hunk
        }

        patch.Append(change.Before is null ? "--- /dev/null\n" : $"--- a/{change.Path}\n");
        patch.Append(change.After is null ? "+++ /dev/null\n" : $"+++ b/{change.Path}\n");
        var (removed, added) = AppendHunk(patch, before, after);
        return new FileDiff(change.Path, change.Before is null, added, removed, patch.ToString());
    }

    private static string IdOf(byte[]? bytes) => bytes is null ? BlobId.None : BlobId.Of(bytes);

    private static (int Removed, int Added) AppendHunk(StringBuilder patch, IReadOnlyList<TextLine> before, IReadOnlyList<TextLine> after)
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

        var (removed, added) = (before.Count - tail - head, after.Count - tail - head);
        if (head > 0 && removed + added > 0 && (removed == 0 || added == 0))
        {
            head = removed == 0 ? InsertedLines.Settle(after, head, added) : InsertedLines.Settle(before, head, removed);
            tail = most - head;
        }

        var from = Math.Max(0, head - Context);
        var trailing = Math.Min(Context, tail);
        patch.Append(CultureInfo.InvariantCulture, $"@@ -{Range(from, before.Count - tail + trailing)} +{Range(from, after.Count - tail + trailing)} @@{Heading(before, from)}\n");
        Append(' ', before.Take(head).Skip(from));
        Append('-', before.Take(before.Count - tail).Skip(head));
        Append('+', after.Take(after.Count - tail).Skip(head));
        Append(' ', before.Skip(before.Count - tail).Take(trailing));
        return (removed, added);

        void Append(char sign, IEnumerable<TextLine> lines)
        {
            foreach (var line in lines)
            {
                patch.Append(sign).Append(line.Span).Append('\n');
                if (!line.HasNewline)
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
            var text = lines[at].Span;
            if (text.Length > 0 && (char.IsAsciiLetter(text[0]) || text[0] is '_' or '$'))
            {
                return " " + text[..Math.Min(text.Length, HeadingLength)].TrimEnd().ToString();
            }
        }

        return "";
    }

    private static bool Same(TextLine one, TextLine other) =>
        one.HasNewline == other.HasNewline && one.Span.SequenceEqual(other.Span);
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Mail;

/// <summary>
/// One file's section of a patch, in the bytes git would print (git manual, "Generating patch text with -p"). No search
/// for differences is needed: our edits are whole files, and one run of lines put into, or taken out of, a file
/// that stays the same around it.
/// </summary>
/// <param name="CreateMode">The mode of a file that the patch creates; null where the file is there already.</param>
public sealed record FileDiff(TreePath Path, string? CreateMode, int Added, int Removed, ByteString Bytes)
{
    private const int Context = 3;

    /// <summary>git looks for a heading in this many bytes of a line (xdiff, def_ff).</summary>
    private const int HeadingLength = 80;

    /// <summary>The section of a change; with an index line, which git am -3 needs, where asked for.</summary>
    public static FileDiff Of(FileChange change, bool withIndex = true)
    {
        var path = change.Path.Bytes;
        var patch = new ByteBuilder().Append("diff --git a/").Append(path).Append(" b/").Append(path).Append("\n");
        patch.Append(change switch
        {
            { Before: null, After: { } made } => $"new file mode {made.Mode}\n",
            { Before: { } gone, After: null } => $"deleted file mode {gone.Mode}\n",
            _ => "",
        });
        if (withIndex)
        {
            var mode = change is { Before: { } kept, After: not null } ? $" {kept.Mode}" : "";
            patch.Append($"index {IdOf(change.Before)}..{IdOf(change.After)}{mode}\n");
        }

        var lines = ChangedLines.Of(change.Before?.Bytes ?? default, change.After?.Bytes ?? default);
        var created = change.Before is null ? change.After?.Mode : null;
        if (lines.Before.Count + lines.After.Count == 0)
        {
            return new FileDiff(change.Path, created, 0, 0, patch.ToBytes()); // git gives an empty file no hunk
        }

        Name(patch, "--- ", "a/", change.Before is null ? default(TreePath?) : change.Path);
        Name(patch, "+++ ", "b/", change.After is null ? default(TreePath?) : change.Path);
        var (removed, added) = AppendHunk(patch, lines);
        return new FileDiff(change.Path, created, added, removed, patch.ToBytes());
    }

    private static void Name(ByteBuilder patch, string sign, string side, TreePath? path) =>
        _ = path is { } there ? patch.Append(sign).Append(side).Append(there.Bytes).Append("\n") : patch.Append(sign).Append("/dev/null\n");

    private static string IdOf(TreeFile? file) => file is null ? BlobId.None : BlobId.Of(file.Bytes);

    private static (int Removed, int Added) AppendHunk(ByteBuilder patch, ChangedLines changed)
    {
        var (before, after, skipped) = (changed.Before, changed.After, changed.Skipped);
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
        var (beforeEnd, afterEnd) = (before.Count - tail + trailing, after.Count - tail + trailing);
        patch.Append($"@@ -{Range(skipped + from, skipped + beforeEnd)} +{Range(skipped + from, skipped + afterEnd)} @@")
            .Append(Heading(before, from) ?? Heading(ByteLines.Of(changed.Above), skipped) ?? default).Append("\n");
        Append(' ', before.Take(head).Skip(from));
        Append('-', before.Take(before.Count - tail).Skip(head));
        Append('+', after.Take(after.Count - tail).Skip(head));
        Append(' ', before.Skip(before.Count - tail).Take(trailing));
        return (removed, added);

        void Append(char sign, IEnumerable<ByteLine> lines)
        {
            foreach (var line in lines)
            {
                patch.Append((byte)sign).Append(line.Span).Append("\n");
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
    private static ByteString? Heading(IReadOnlyList<ByteLine> lines, int from)
    {
        for (var at = from - 1; at >= 0; at--)
        {
            var line = lines[at].Bytes;
            if (!line.IsEmpty && (AsciiBytes.IsLetter(line[0]) || line[0] is (byte)'_' or (byte)'$'))
            {
                return ByteString.Concat(ByteString.Of(" "u8), line.Slice(0, Math.Min(line.Length, HeadingLength)).Trim());
            }
        }

        return null;
    }

    private static bool Same(ByteLine one, ByteLine other) =>
        one.HasNewline == other.HasNewline && one.Span.SequenceEqual(other.Span);
}

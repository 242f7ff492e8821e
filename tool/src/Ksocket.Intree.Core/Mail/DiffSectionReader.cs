// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Mail;

/// <summary>Finds the sections and hunks in the lines of a mail.</summary>
internal static partial class DiffSectionReader
{
    private const string ModeLine = "new file mode ";

    public static ImmutableArray<DiffSection> Read(IReadOnlyList<ByteLine> lines)
    {
        var sections = ImmutableArray.CreateBuilder<DiffSection>();
        for (var at = 0; at < lines.Count;)
        {
            if (lines[at].Bytes.StartsWith("diff --git a/"u8))
            {
                var (path, mode) = (PathIn(lines[at].Bytes), at + 1 < lines.Count ? ModeIn(lines[at + 1].Text) : null);
                var hunks = Hunks(lines, ref at);
                if (path is { } inside)
                {
                    sections.Add(new DiffSection(inside, mode, hunks));
                }
            }
            else
            {
                at++;
            }
        }

        return sections.ToImmutable();
    }

    private static ImmutableArray<Hunk> Hunks(IReadOnlyList<ByteLine> lines, ref int at)
    {
        var hunks = ImmutableArray.CreateBuilder<Hunk>();
        for (at++; at < lines.Count && !lines[at].Bytes.StartsWith("diff --git a/"u8);)
        {
            if (lines[at].Bytes.StartsWith("@@ -"u8) && Range().Match(lines[at].Text) is { Success: true } range)
            {
                hunks.Add(HunkAt(lines, range, ref at));
            }
            else if (hunks.Count > 0)
            {
                break; // what follows the last hunk is not of the patch
            }
            else
            {
                at++;
            }
        }

        return hunks.ToImmutable();
    }

    private static Hunk HunkAt(IReadOnlyList<ByteLine> lines, Match range, ref int at)
    {
        var (before, after) = (Count(range, "before"), Count(range, "after"));
        // "-7,0": after line 7.
        var start = Number(range.Groups["start"].Value) + (before == 0 ? 1 : 0);
        var heading = lines[at].Bytes.Slice(ByteString.OfText(range.Value).Length);
        var text = ImmutableArray.CreateBuilder<ByteString>();
        for (at++; at < lines.Count && (before > 0 || after > 0 || lines[at].Bytes.StartsWith("\\"u8)); at++)
        {
            // An empty line is an empty line of context whose blank was lost on the way.
            var line = lines[at].Bytes.IsEmpty ? ByteString.Of(" "u8) : lines[at].Bytes;
            before -= line[0] is (byte)' ' or (byte)'-' ? 1 : 0;
            after -= line[0] is (byte)' ' or (byte)'+' ? 1 : 0;
            text.Add(line);
        }

        return new Hunk(start, heading, text.ToImmutable());
    }

    private static string? ModeIn(string line) =>
        line.StartsWith(ModeLine, StringComparison.Ordinal) ? line[ModeLine.Length..] : null;

    /// <summary>The path in "diff --git a/PATH b/PATH"; null where both differ, as for a renamed file.</summary>
    private static TreePath? PathIn(ByteString line)
    {
        var rest = line.Slice("diff --git a/".Length);
        var length = (rest.Length - " b/".Length) / 2;
        return length > 0 && rest.Slice(length).StartsWith(" b/"u8) && rest.Slice(0, length) == rest.Slice(length + " b/".Length)
            ? TreePath.TryParse(rest.Slice(0, length))
            : null;
    }

    private static int Count(Match range, string group) => range.Groups[group] is { Success: true } count ? Number(count.Value) : 1;

    /// <summary>At most nine digits, as the pattern has them.</summary>
    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^@@ -(?<start>[0-9]{1,9})(,(?<before>[0-9]{1,9}))? \+[0-9]{1,9}(,(?<after>[0-9]{1,9}))? @@ ?")]
    private static partial Regex Range();
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Mail;

namespace Ksocket.Intree.Core.Series;

/// <summary>The section of a hook in a stored patch.</summary>
internal sealed record StoredHook(Hook Hook, FileDiff Diff);

/// <summary>
/// Finds the hooks in the patches of a stored series. Their context lines and blob ids come from a tree that is not
/// available, so they are reused unchanged; a hook whose own lines have changed since cannot be remade.
/// </summary>
internal static class StoredHooks
{
    private static ReadOnlySpan<byte> SectionStart => "diff --git a/"u8;

    public static IReadOnlyList<StoredHook> In(SeriesFile file, DriverSource driver, IReadOnlyDictionary<string, ByteString> letters)
    {
        var sections = file.Patches.SelectMany(patch => Sections(letters.GetValueOrDefault(patch), file.Envelope)).ToList();
        return [.. driver.Hooks.Where(hook => file.Provenance.Parts.Contains(hook.Part)).Select(hook => Find(file, hook, sections))];
    }

    private static StoredHook Find(SeriesFile file, Hook hook, List<ByteString> sections)
    {
        var head = ByteString.OfText($"diff --git a/{hook.Path} b/{hook.Path}\n");
        var of = sections.Where(section => section.StartsWith(head.Span)).ToList();
        if (of.Count == 0)
        {
            throw NeedsTree(file, $"its patches do not touch {hook.Path}");
        }

        // Each driver of a series has a section of its own for a file that both wire.
        foreach (var section in of)
        {
            var added = Added(section);
            if (added.Where(line => !line.IsEmpty).SequenceEqual(ByteLines.Of(hook.Text).Select(line => line.Bytes))
                && ByteLines.Of(section).Count(IsHunk) == 1)
            {
                // A copy: a slice would keep the whole stored patch in memory, and verify makes thirty series.
                var own = ByteString.Of(section.Span);
                return new StoredHook(hook, new FileDiff(hook.Path, CreateMode: null, added.Count, Removed: 0, own));
            }
        }

        throw NeedsTree(file, $"what they add to {hook.Path} is not what the driver adds there today");
    }

    private static List<ByteString> Added(ByteString section) =>
    [
        .. ByteLines.Of(section).SkipWhile(line => !IsHunk(line))
            .Where(line => line.Bytes.StartsWith("+"u8))
            .Select(line => line.Bytes.Slice(1)),
    ];

    private static bool IsHunk(ByteLine line) => line.Bytes.StartsWith("@@ "u8);

    /// <summary>The sections of a patch, each from its "diff" line to the next, without what git adds after the last.</summary>
    private static IEnumerable<ByteString> Sections(ByteString letter, Envelope envelope)
    {
        if (PatchMail.Signature(envelope) is { IsEmpty: false } signature && letter.EndsWith(signature.Span))
        {
            letter = letter.Slice(0, letter.Length - signature.Length);
        }

        var end = letter.Span.IndexOf("\n\nbase-commit: "u8);
        letter = end < 0 ? letter : letter.Slice(0, end + 1);
        for (var start = NextSection(letter, 0); start < letter.Length;)
        {
            var next = NextSection(letter, start + 1);
            yield return letter.Slice(start, next - start);
            start = next;
        }
    }

    /// <summary>Where the next line that starts a section begins, from a position on; the end of the letter if none does.</summary>
    private static int NextSection(ByteString letter, int from)
    {
        while (letter.Span[from..].IndexOf(SectionStart) is var at and >= 0)
        {
            from += at;
            if (from == 0 || letter[from - 1] == (byte)'\n')
            {
                return from;
            }

            from++;
        }

        return letter.Length;
    }

    internal static IntreeFailure NeedsTree(SeriesFile file, string because) => IntreeFailure.NotUnderstood(
        $"the series for {file.Provenance.Kernel} cannot be made again without its tree: {because}",
        "name the tree, and the drivers with --with: ksocket-intree verify --write --tree TREE DIR");
}

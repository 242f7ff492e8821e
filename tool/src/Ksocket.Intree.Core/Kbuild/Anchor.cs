// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Kbuild;

/// <summary>Bytes to insert, and where.</summary>
public readonly record struct Insertion(int At, ByteString Bytes)
{
    public ByteString Into(ByteString file) => file.Replace(At, 0, Bytes);
}

/// <summary>
/// A place in a kernel file, described by its meaning and never by a line number. If there is no such place, or more
/// than one, the file is refused.
/// </summary>
public abstract record Anchor(string Description)
{
    public static Anchor EndOfMenu(string title) =>
        new EndOfBlock(KconfigKeyword.Menu, $"\"{title}\"", $"before the endmenu that closes the menu \"{title}\"");

    public static Anchor EndOfIf(string symbol) => new EndOfBlock(KconfigKeyword.If, symbol, $"before the endif that closes 'if {symbol}'");

    /// <summary>
    /// Where a folder's Kconfig takes another entry: in the menu of all drivers, in the block of all samples, and else in
    /// the last block of the file, or at its end if it has none.
    /// </summary>
    public static Anchor EntriesOf(TreePath folder) =>
        folder == "drivers" ? EndOfMenu("Device Drivers")
        : folder == "samples" ? EndOfIf("SAMPLES")
        : new EndOfLastBlock();

    public static Anchor LastObject { get; } = new AfterLastObject();

    public static Anchor InToctree { get; } = new AmongToctree();

    public static Anchor AmongMaintainers { get; } = new AmongEntries();

    /// <summary>Where and how to insert a line.</summary>
    public abstract Insertion Place(TreePath path, ByteString file, ByteString line);

    /// <summary>Whether an entry belongs inside this block, so that its condition does not hide the entry by mistake.</summary>
    /// <param name="isOutermost">Whether no other block is around it.</param>
    public virtual bool BelongsInside(KconfigBlock block, bool isOutermost) => false;

    public override string ToString() => Description;

    /// <summary>Inserts a separate line after the line that ends here.</summary>
    private static Insertion After(ByteString file, int end, ByteString line)
    {
        var lineEnd = LineEnd.Before(file, end);
        var own = lineEnd.In(line);
        return new(end, file[end - 1] == (byte)'\n' ? ByteString.Concat(own, lineEnd.Bytes) : ByteString.Concat(lineEnd.Bytes, own));
    }

    /// <summary>Inserts an entry before the line that closes a block, with blank lines as around the entry before it.</summary>
    private static Insertion Before(ByteString file, ByteLine closes, ByteString line)
    {
        var lineEnd = LineEnd.Before(file, closes.Start);
        var (newline, own) = (lineEnd.Bytes, lineEnd.In(line));
        var setOff = file.Slice(0, closes.Start).EndsWith(ByteString.Concat(newline, newline).Span);
        return new Insertion(
            closes.Start,
            setOff ? ByteString.Concat(own, newline, newline) : ByteString.Concat(newline, own, newline));
    }

    /// <summary>Before the line that closes an outermost block, with blank lines as around the entry before it.</summary>
    private sealed record EndOfBlock(KconfigKeyword Keyword, string Argument, string Description) : Anchor(Description)
    {
        public override Insertion Place(TreePath path, ByteString file, ByteString line)
        {
            var blocks = KconfigFile.Read(path, file).Blocks
                .Where(block => block.Keyword == Keyword && block.Argument == ByteString.OfText(Argument))
                .ToList();
            var closes = blocks switch
            {
                [var block] => block.Closes!.Value,
                [] => throw IntreeFailure.NotUnderstood(
                    $"{path} has no '{Keyword.Word()} {Argument}' of its own, so there is no place for an entry",
                    $"is this a Linux source tree? the entry goes {Description}"),
                _ => throw IntreeFailure.NotUnderstood(
                    $"{path} has {blocks.Count} times '{Keyword.Word()} {Argument}': lines "
                    + string.Join(", ", blocks.Select(block => block.Opens.Number)),
                    "the entry goes into the only one; leave one"),
            };
            return Before(file, closes, line);
        }

        public override bool BelongsInside(KconfigBlock block, bool isOutermost) =>
            block.Keyword == Keyword && block.Argument == ByteString.OfText(Argument);
    }

    /// <summary>Before the line that closes the last outermost menu or if; at the end of a file without one.</summary>
    private sealed record EndOfLastBlock() : Anchor("at the end of the last menu or if")
    {
        public override Insertion Place(TreePath path, ByteString file, ByteString line) =>
            KconfigFile.Read(path, file).Blocks.LastOrDefault(block => block.Keyword != KconfigKeyword.Choice) is { } last
                ? Before(file, last.Closes!.Value, line)
                : file.IsEmpty ? throw IntreeFailure.NotUnderstood($"{path} is empty, so there is no place for an entry")
                : AtEnd(file, line);

        public override bool BelongsInside(KconfigBlock block, bool isOutermost) => isOutermost && block.Keyword == KconfigKeyword.If;

        private static Insertion AtEnd(ByteString file, ByteString line)
        {
            var (end, lineEnd) = (file.Length, LineEnd.Before(file, file.Length));
            var newline = lineEnd.Bytes;
            return file.EndsWith("\n"u8)
                ? new(end, ByteString.Concat(newline, lineEnd.In(line), newline))
                : new(end, ByteString.Concat(newline, newline, lineEnd.In(line)));
        }
    }

    /// <summary>After the last obj- assignment outside conditionals.</summary>
    private sealed record AfterLastObject() : Anchor("after the last obj- line")
    {
        public override Insertion Place(TreePath path, ByteString file, ByteString line)
        {
            var last = MakefileText.Read(file).Objects.LastOrDefault(assignment => !assignment.Conditional)
                ?? throw IntreeFailure.NotUnderstood(
                    $"{path} has no obj- line outside a conditional, so there is no place for another",
                    "is this a Linux source tree? expected lines like 'obj-$(CONFIG_PCI) += pci/'");
            return After(file, last.End, line);
        }
    }

    /// <summary>In the toctree, which is only roughly sorted: after the last entry with the same first letter that sorts before.</summary>
    private sealed record AmongToctree() : Anchor("in the toctree, by its letter")
    {
        public override Insertion Place(TreePath path, ByteString file, ByteString line)
        {
            var own = line.Trim();
            var before = Toctree.Read(file).SelectMany(tree => tree.Entries)
                .LastOrDefault(entry => entry.Bytes.Trim() is var name && name[0] == own[0] && name < own);
            return before.Number == 0
                ? throw IntreeFailure.NotUnderstood(
                    $"{path} lists no page '{(char)own[0]}…' that {own} could follow",
                    "mainline's lists kcm")
                : After(file, before.End, line);
        }
    }

    /// <summary>Among the entries of MAINTAINERS, which scripts/parse-maintainers.pl sorts by title.</summary>
    private sealed record AmongEntries() : Anchor("before the entry whose title sorts next")
    {
        public override Insertion Place(TreePath path, ByteString file, ByteString line)
        {
            var entries = MaintainersFile.Read(file);
            for (var at = 1; at < entries.Count; at++)
            {
                if (entries[at - 1].Title < line && line < entries[at].Title && entries[at].Title[0] == line[0])
                {
                    var lineEnd = LineEnd.Before(file, entries[at].Start);
                    return new Insertion(entries[at].Start, ByteString.Concat(lineEnd.In(line), lineEnd.Bytes, lineEnd.Bytes));
                }
            }

            var title = line.Slice(0, line.Span.IndexOf((byte)'\n'));
            throw IntreeFailure.NotUnderstood(
                $"{path} has no two entries that '{title}' sorts between",
                "its entries are sorted by title in mainline; is it complete?");
        }
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Kbuild;

/// <summary>Text to insert, and where.</summary>
public readonly record struct Insertion(int At, string Text)
{
    public string Into(string text) => text.Insert(At, Text);
}

/// <summary>
/// A place in a Kconfig or Makefile, described by what it means and never by a line number. No such place, or no
/// single one, is a refusal.
/// </summary>
public abstract record Anchor(string Description)
{
    public static Anchor EndOfMenu(string title) => new EndOfBlock("menu", $"\"{title}\"", $"before the endmenu that closes the menu \"{title}\"");

    public static Anchor EndOfIf(string symbol) => new EndOfBlock("if", symbol, $"before the endif that closes 'if {symbol}'");

    public static Anchor LastObject { get; } = new AfterLastObject();

    public static Anchor InToctree { get; } = new AmongToctree();

    public static Anchor AmongMaintainers { get; } = new AmongEntries();

    /// <summary>Where and how a line goes in.</summary>
    public abstract Insertion Place(TreePath path, string text, string line);

    public override string ToString() => Description;

    /// <summary>Before the line that closes an outermost block, set off by blank lines as the entry before it is.</summary>
    private sealed record EndOfBlock(string Keyword, string Argument, string Description) : Anchor(Description)
    {
        public override Insertion Place(TreePath path, string text, string line)
        {
            var closes = KconfigFile.Read(path, text).Blocks.Where(block => block.Keyword == Keyword && block.Argument == Argument).ToList() switch
            {
                [var block] => block.Closes!.Value,
                [] => throw IntreeFailure.NotUnderstood(
                    $"{path} has no '{Keyword} {Argument}' of its own, so there is no place for ksocket's entry",
                    $"is this a Linux source tree? ksocket goes {Description}"),
                var several => throw IntreeFailure.NotUnderstood(
                    $"{path} has {several.Count} times '{Keyword} {Argument}': lines {string.Join(", ", several.Select(block => block.Opens.Number))}",
                    "ksocket's entry goes into the only one; leave one"),
            };

            var before = text[..closes.Start];
            var setOff = before.EndsWith("\n\n", StringComparison.Ordinal);
            return new Insertion(closes.Start, setOff ? $"{line}\n\n" : $"\n{line}\n");
        }
    }

    /// <summary>After the last obj- assignment that make always sees.</summary>
    private sealed record AfterLastObject() : Anchor("after the last obj- line")
    {
        public override Insertion Place(TreePath path, string text, string line)
        {
            var last = MakefileText.Read(path, text).Objects.LastOrDefault(assignment => !assignment.Conditional)
                ?? throw IntreeFailure.NotUnderstood(
                    $"{path} has no obj- line outside a conditional, so there is no place for ksocket's",
                    "is this a Linux source tree? expected lines like 'obj-$(CONFIG_PCI) += pci/'");
            return new Insertion(last.End, text[last.End - 1] == '\n' ? $"{line}\n" : $"\n{line}");
        }
    }

    /// <summary>In the toctree, which is only roughly in order: after the last entry of our letter that sorts before us.</summary>
    private sealed record AmongToctree() : Anchor("in the toctree, by its letter")
    {
        public override Insertion Place(TreePath path, string text, string line)
        {
            var own = line.Trim();
            var before = Toctree.Read(text).SelectMany(tree => tree.Entries)
                .LastOrDefault(entry => entry.Text.Trim() is var name && name[0] == own[0] && string.CompareOrdinal(name, own) < 0);
            return before.Number == 0
                ? throw IntreeFailure.NotUnderstood($"{path} lists no page '{own[0]}…' that ksocket's could follow", "mainline's lists kcm")
                : new Insertion(before.End, text[before.End - 1] == '\n' ? $"{line}\n" : $"\n{line}");
        }
    }

    /// <summary>Among the entries of MAINTAINERS, which scripts/parse-maintainers.pl sorts by title.</summary>
    private sealed record AmongEntries() : Anchor("before the entry whose title sorts next")
    {
        public override Insertion Place(TreePath path, string text, string line)
        {
            var entries = MaintainersFile.Read(text);
            for (var at = 1; at < entries.Count; at++)
            {
                if (string.CompareOrdinal(entries[at - 1].Title.Text, line) < 0 && string.CompareOrdinal(line, entries[at].Title.Text) < 0 && entries[at].Title.Text[0] == line[0])
                {
                    return new Insertion(entries[at].Title.Start, $"{line}\n\n");
                }
            }

            throw IntreeFailure.NotUnderstood($"{path} has no two entries that '{line[..line.IndexOf('\n', StringComparison.Ordinal)]}' sorts between", "its entries are sorted by title in mainline; is it whole?");
        }
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Recipients;

/// <summary>
/// Answers who gets a patch for a tree, from its MAINTAINERS and .mailmap. The answer is that of
/// scripts/get_maintainer.pl --nogit --nogit-fallback; MaintainersOracleTests compares the two.
/// </summary>
public sealed class MaintainersIndex
{
    private readonly KernelTree _tree;
    private readonly ImmutableArray<Rules> _sections;
    private readonly Mailmap _mailmap;

    private MaintainersIndex(KernelTree tree, ImmutableArray<Rules> sections, Mailmap mailmap) =>
        (_tree, _sections, _mailmap) = (tree, sections, mailmap);

    /// <summary>A section with its patterns ready to match.</summary>
    private sealed record Rules(
        Section Section,
        ImmutableArray<PathPattern> Files,
        ImmutableArray<PathPattern> Excluded,
        ImmutableArray<KeywordPattern> Names,
        ImmutableArray<(string Text, KeywordPattern Pattern)> Keywords);

    public static MaintainersIndex Of(KernelTree tree)
    {
        var file = tree.TryReadThrough("MAINTAINERS") ?? throw IntreeFailure.NotUnderstood(
            $"{tree.Name} has no MAINTAINERS, so its recipients are not known",
            "name the recipients yourself, with --to and --cc");
        var sections = Sections.Read(file).Select(section => new Rules(
            section,
            [.. section.Of('F').Select(value => PatternOf(tree, value))],
            [.. section.Of('X').Select(value => PatternOf(tree, value))],
            [.. section.Of('N').Select(value => new KeywordPattern(value, section.Title))],
            [.. section.Of('K').Select(value => (value, new KeywordPattern(value, section.Title)))]));
        return new MaintainersIndex(tree, [.. sections], Mailmap.Read(tree.TryReadThrough(".mailmap") ?? default));
    }

    /// <summary>Who gets patches for these files: for each, sections with the nearest pattern first.</summary>
    public IReadOnlyList<Recipient> OfFiles(IEnumerable<TreePath> paths) => Collect([.. paths.Select(path => path.ToString())], []);

    /// <summary>Who gets these mails: for the files they change, and for keywords in them.</summary>
    public IReadOnlyList<Recipient> OfMails(IEnumerable<ByteString> mails)
    {
        var patches = mails.Select(PatchText.Read).ToList();
        var keywords =
            from rules in _sections
            from keyword in rules.Keywords
            where patches.Any(patch => patch.Intro.Any(keyword.Pattern.IsIn) || patch.Changes.Any(keyword.Pattern.IsInChange))
            select (rules.Section, (string?)keyword.Text);
        return Collect([.. patches.SelectMany(patch => patch.Paths).Distinct().Order(StringComparer.Ordinal)], keywords);
    }

    /// <summary>The addresses in a file, if it is one that names its maintainers itself.</summary>
    private IEnumerable<Mailbox> NamedIn(string path) =>
        path.EndsWith(".yaml", StringComparison.Ordinal) && _tree.TryRead(new TreePath(path)) is { } file ? FileAddresses.In(file) : [];

    private List<Recipient> Collect(IReadOnlyList<string> paths, IEnumerable<(Section Section, string? Keyword)> keywords)
    {
        var found = new FoundRecipients(_mailmap);
        foreach (var path in paths)
        {
            foreach (var (section, _) in Matching(path).OrderByDescending(match => match.Depth))
            {
                found.Add(section, keyword: null);
            }
        }

        foreach (var (section, keyword) in keywords)
        {
            found.Add(section, keyword);
        }

        foreach (var path in paths)
        {
            found.AddInFile(NamedIn(path), path);
        }

        return found.All;
    }

    private IEnumerable<(Section Section, int Depth)> Matching(string path)
    {
        foreach (var rules in _sections)
        {
            var files = rules.Files.Where(pattern => pattern.Matches(path)).ToList();
            var isNamed = rules.Names.Any(pattern => pattern.IsIn(path));
            if ((files.Count > 0 || isNamed) && !rules.Excluded.Any(pattern => pattern.Matches(path)))
            {
                // The last line that matches decides, and N: lines come after F: lines.
                yield return (rules.Section, isNamed ? 0 : files[^1].Depth);
            }
        }
    }

    /// <summary>A folder without wildcards may lack its slash.</summary>
    private static PathPattern PatternOf(KernelTree tree, string value) => new(IsFolder(tree, value) ? value + "/" : value);

    private static bool IsFolder(KernelTree tree, string value) =>
        !value.AsSpan().ContainsAny('*', '?', '.')
        && TreePath.TryParse(ByteString.OfText(value)) is { } path
        && tree.KindOf(path) == EntryKind.Folder;
}

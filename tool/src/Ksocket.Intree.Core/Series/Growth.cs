// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Series;

/// <summary>
/// Kconfig and Makefile as an earlier patch has them: without the whole entries (an assignment, a config block) that
/// name files of a later patch. What is an entry is told by the same readers that prove the wiring, not by markers.
/// </summary>
internal sealed partial class Growth(IReadOnlyDictionary<TreePath, byte[]> files)
{
    /// <summary>A file as it is while only some of the files are there.</summary>
    public byte[] Of(TreePath path, IReadOnlySet<TreePath> present) => path.Name switch
    {
        "Makefile" => KernelTree.ToBytes(Makefile(path, present)),
        "Kconfig" => KernelTree.ToBytes(Kconfig(path, present)),
        _ => files[path],
    };

    private string Makefile(TreePath path, IReadOnlySet<TreePath> present)
    {
        var text = KernelTree.ToText(files[path]);
        foreach (var assignment in MakefileText.Read(path, text).Assignments.Reverse())
        {
            if (IsLater(path, assignment, present))
            {
                text = WithoutLines(text, assignment.Start, assignment.End);
            }
        }

        return text;
    }

    private string Kconfig(TreePath path, IReadOnlySet<TreePath> present)
    {
        var makefile = path.Folder / "Makefile";
        if (!files.TryGetValue(makefile, out var bytes))
        {
            return KernelTree.ToText(files[path]);
        }

        var assignments = MakefileText.Read(makefile, KernelTree.ToText(bytes)).Assignments.ToLookup(assignment => IsLater(makefile, assignment, present), Symbol);
        var later = assignments[true].Except(assignments[false]).ToHashSet();
        var text = KernelTree.ToText(files[path]);
        var statements = KconfigFile.Read(path, text).Statements;
        for (var at = statements.Length - 1; at >= 0; at--)
        {
            if (statements[at] is { Keyword: "config" or "menuconfig" } entry && later.Contains(entry.Argument))
            {
                var next = statements.Skip(at + 1).FirstOrDefault(statement => OpensEntry(statement.Keyword));
                text = WithoutLines(text, entry.Line.Start, next is null ? text.Length : next.Line.Start);
            }
        }

        return text;
    }

    /// <summary>Whether everything an assignment names comes later.</summary>
    private bool IsLater(TreePath makefile, MakeAssignment assignment, IReadOnlySet<TreePath> present) =>
        assignment.Words.Length > 0 && assignment.Words.All(word => Named(makefile.Folder, word) is { Count: > 0 } named && !named.Any(present.Contains));

    private List<TreePath> Named(TreePath folder, string word) =>
        word.EndsWith('/') ? [.. files.Keys.Where(path => path.IsBelow(folder / word[..^1]))]
        : word.EndsWith(".o", StringComparison.Ordinal) && files.ContainsKey(folder / $"{word[..^2]}.c") ? [folder / $"{word[..^2]}.c"]
        : [];

    private static string? Symbol(MakeAssignment assignment) => ConfigSymbol().Match(assignment.Variable) is { Success: true } match ? match.Groups["name"].Value : null;

    private static bool OpensEntry(string keyword) => keyword is "config" or "menuconfig" or "choice" or "endchoice" or "comment" or "menu" or "endmenu" or "if" or "endif" or "source";

    /// <summary>Takes an entry out, and the blank lines that set it off from what is before it, where nothing is after it.</summary>
    private static string WithoutLines(string text, int start, int end)
    {
        var (before, after) = (text[..start], text[end..]);
        return after.Length == 0 || after[0] == '\n' ? before.TrimEnd('\n') + "\n" + after : before + after;
    }

    [GeneratedRegex(@"CONFIG_(?<name>\w+)")]
    private static partial Regex ConfigSymbol();
}

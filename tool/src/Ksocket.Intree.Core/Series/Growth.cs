// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Series;

/// <summary>
/// The files that list others as of an earlier patch: Kconfig and Makefile without the whole entries (an assignment, a
/// config block) that name files of a later patch, and the list of KUnit suites without theirs. The parsers that check the
/// wiring find the entries; the files contain no markers.
/// </summary>
internal sealed class Growth(DriverSource driver, IReadOnlyDictionary<TreePath, TreeFile> files)
{
    /// <summary>A file as it is when only some of the files are present.</summary>
    public TreeFile Of(TreePath path, IReadOnlySet<TreePath> present)
    {
        var file = files[path];
        return path.IsNamed("Makefile") || path.IsNamed("Kbuild") ? file.With(Makefile(path, file.Bytes, present))
            : path.IsNamed("Kconfig") ? file.With(Kconfig(path, file.Bytes, present))
            : path.IsBelow(driver.Folder / "tests") ? file.With(KUnitSuites.Of(
                driver,
                file.Bytes,
                suite => files.ContainsKey(suite) && !present.Contains(suite)))
            : file;
    }

    private ByteString Makefile(TreePath path, ByteString file, IReadOnlySet<TreePath> present)
    {
        foreach (var assignment in MakefileText.Read(file).Assignments.Reverse())
        {
            if (IsLater(path, assignment, present))
            {
                file = WithoutLines(file, assignment.Start, assignment.End);
            }
        }

        return file;
    }

    private ByteString Kconfig(TreePath path, ByteString file, IReadOnlySet<TreePath> present)
    {
        var list = path.Folder / "Makefile";
        if (!files.TryGetValue(list, out var makefile))
        {
            return file;
        }

        var assignments = MakefileText.Read(makefile.Bytes).Assignments
            .ToLookup(assignment => IsLater(list, assignment, present), Symbol);
        var later = assignments[true].Except(assignments[false]).ToHashSet();
        var statements = KconfigFile.Read(path, file).Statements;
        for (var at = statements.Length - 1; at >= 0; at--)
        {
            if (statements[at] is var entry && entry.Keyword.DefinesOne() && later.Contains(entry.Argument))
            {
                var next = statements.Skip(at + 1).FirstOrDefault(statement => statement.Keyword.StartsEntry());
                file = WithoutLines(file, entry.Line.Start, next is null ? file.Length : next.Line.Start);
            }
        }

        return file;
    }

    /// <summary>Whether every file that an assignment names is in a later patch.</summary>
    private bool IsLater(TreePath makefile, MakeAssignment assignment, IReadOnlySet<TreePath> present) =>
        assignment.Words.Length > 0 && assignment.Words.All(
            word => Named(makefile.Folder, word) is { Count: > 0 } named && !named.Any(present.Contains));

    private List<TreePath> Named(TreePath folder, ByteString word)
    {
        if (word.EndsWith("/"u8))
        {
            return [.. files.Keys.Where(path => path.IsBelow(folder / word.Slice(0, word.Length - 1)))];
        }

        var source = word.EndsWith(".o"u8)
            ? folder / ByteString.Concat(word.Slice(0, word.Length - 1), ByteString.Of("c"u8))
            : TreePath.Top;
        return files.ContainsKey(source) ? [source] : [];
    }

    /// <summary>The name after CONFIG_ in the variable of an assignment; null if there is none.</summary>
    private static ByteString? Symbol(MakeAssignment assignment)
    {
        var start = assignment.Variable.Span.IndexOf("CONFIG_"u8);
        if (start < 0)
        {
            return null;
        }

        var end = start += "CONFIG_".Length;
        while (end < assignment.Variable.Length && AsciiBytes.IsWord(assignment.Variable[end]))
        {
            end++;
        }

        return assignment.Variable.Slice(start, end - start);
    }

    /// <summary>Removes an entry, and the blank lines before it if nothing follows it.</summary>
    private static ByteString WithoutLines(ByteString file, int start, int end)
    {
        var isLast = end == file.Length || file[end] == (byte)'\n';
        var kept = isLast ? file.Span[..start].TrimEnd((byte)'\n').Length : start;
        return file.Replace(kept, end - kept, isLast ? ByteString.Of("\n"u8) : default);
    }
}

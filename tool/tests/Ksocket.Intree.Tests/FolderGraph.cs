// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;

namespace Ksocket.Intree.Tests;

/// <summary>
/// The dependencies between the folders of a project, read from the source text: a type counts if it is
/// named in a file that imports its namespace.
/// </summary>
internal sealed partial class FolderGraph
{
    private readonly SortedDictionary<string, SortedSet<string>> _edges = new(StringComparer.Ordinal);

    /// <param name="files">Path to text.</param>
    public static FolderGraph Of(IReadOnlyDictionary<string, string> files)
    {
        var graph = new FolderGraph();
        var sources = files.Select(file => (Folder: Path.GetDirectoryName(file.Key)!, Text: Bare(file.Value))).ToList();
        var owners = (from source in sources
                      from Match type in Declared().Matches(source.Text)
                      select (Name: type.Groups["name"].Value, source.Folder, Space: SpaceOf(source.Text))).ToLookup(type => type.Name);
        foreach (var (folder, text) in sources)
        {
            var seen = Usings().Matches(text).Select(match => match.Groups["name"].Value).Append(SpaceOf(text)).ToHashSet();
            var (here, edges) = (SpaceOf(text), graph.EdgesOf(folder));
            foreach (var name in Names().Matches(text).Select(match => match.Value).Distinct())
            {
                if (owners[name].Select(type => (type.Folder, type.Space)).Distinct().ToList() is [var owner] && owner.Folder != folder
                    && (seen.Contains(owner.Space) || (IsInside(here, owner.Space) && ProjectOf(owner.Folder) == ProjectOf(folder))))
                {
                    edges.Add(owner.Folder);
                }
            }
        }

        return graph;
    }

    /// <summary>Every pair of folders that depend on each other, directly or indirectly.</summary>
    public IReadOnlyList<string> Circles() =>
        [.. from one in _edges.Keys
            from other in Reached(one)
            where string.CompareOrdinal(one, other) < 0 && Reached(other).Contains(one)
            select $"{one} <-> {other}"];

    /// <summary>A line for each folder: what it imports.</summary>
    public IEnumerable<string> Lines() =>
        _edges.Select(
            edge => edge.Value.Count == 0 ? Short(edge.Key) : $"{Short(edge.Key)} -> {string.Join(", ", edge.Value.Select(Short))}");

    private static string Short(string folder) => folder == "Ksocket.Intree" ? "CLI"
        : folder.StartsWith("Ksocket.Intree/", StringComparison.Ordinal) ? "CLI" + folder["Ksocket.Intree".Length..]
        : folder["Ksocket.Intree.".Length..];

    private SortedSet<string> EdgesOf(string folder) =>
        _edges.TryGetValue(folder, out var edges) ? edges : _edges[folder] = new SortedSet<string>(StringComparer.Ordinal);

    private HashSet<string> Reached(string from)
    {
        var (reached, next) = (new HashSet<string>(), new Stack<string>(_edges[from]));
        while (next.TryPop(out var folder))
        {
            if (reached.Add(folder))
            {
                _edges.GetValueOrDefault(folder)?.ToList().ForEach(next.Push);
            }
        }

        return reached;
    }

    /// <summary>An outer namespace needs no using; internal types of another project cannot be seen that way.</summary>
    private static bool IsInside(string inner, string outer) => inner.StartsWith(outer + ".", StringComparison.Ordinal);

    private static string ProjectOf(string folder) => folder.Split('/')[0];

    /// <summary>Removes comments and the contents of string literals.</summary>
    private static string Bare(string text) => Texts().Replace(Comments().Replace(text, ""), "\"\"");

    private static string SpaceOf(string text) => Namespace().Match(text).Groups["name"].Value;

    [GeneratedRegex(@"//[^\n]*")]
    private static partial Regex Comments();

    [GeneratedRegex(@"""(?:\\.|[^""\\\n])*""")]
    private static partial Regex Texts();

    [GeneratedRegex(
        "^(public |internal |file )?(static |sealed |abstract |readonly |partial |ref )*" +
        @"(class|record struct|record|struct|enum|interface) (?<name>[A-Z]\w*)",
        RegexOptions.Multiline)]
    private static partial Regex Declared();

    [GeneratedRegex(@"\b[A-Z]\w+\b")]
    private static partial Regex Names();

    [GeneratedRegex(@"^using (?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Usings();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}

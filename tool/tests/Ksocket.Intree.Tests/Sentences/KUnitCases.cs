// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;

namespace Ksocket.Intree.Tests.Sentences;

/// <summary>The cases of the KUnit suites, each with its code and that of the functions it calls.</summary>
internal sealed partial class KUnitCases
{
    private readonly List<Dictionary<string, string>> _files;
    private readonly Dictionary<string, int> _cases = new(StringComparer.Ordinal);

    public KUnitCases(IEnumerable<string> sources)
    {
        var texts = sources.ToList();
        _files = [.. texts.Select(
            text => Functions().Matches(text).ToDictionary(
                match => match.Groups["name"].Value,
                match => Comments().Replace(match.Value, ""),
                StringComparer.Ordinal))];
        foreach (var (text, file) in texts.Select((text, file) => (text, file)))
        {
            foreach (Match match in Listed().Matches(text))
            {
                _cases.Add(match.Groups["name"].Value, file);
            }
        }
    }

    public IEnumerable<string> Names => _cases.Keys;

    /// <summary>The code of a case; null if no suite lists it.</summary>
    public string? CodeOf(string name) => _cases.TryGetValue(name, out var file) ? Reached(name, file, []) : null;

    /// <summary>A function of the same file comes before one of the same name in another: they are static.</summary>
    private string Reached(string name, int file, HashSet<(string, int)> seen)
    {
        var home = _files[file].ContainsKey(name) ? file : _files.FindIndex(functions => functions.ContainsKey(name));
        if (home < 0 || !seen.Add((name, home)))
        {
            return "";
        }

        var code = _files[home][name];
        var body = code[code.IndexOf('{', StringComparison.Ordinal)..];
        return code + string.Concat(Words().Matches(body).Select(word => word.Value).Distinct().Select(word => Reached(word, home, seen)));
    }

    [GeneratedRegex(@"^(?!\s)[^\n;{}]*?\b(?<name>\w+)\([^;{}]*\)\n\{\n.*?^\}", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Functions();

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"^\tKUNIT_CASE\((?<name>\w+)\),", RegexOptions.Multiline)]
    private static partial Regex Listed();

    [GeneratedRegex(@"\b\w+\b")]
    private static partial Regex Words();
}

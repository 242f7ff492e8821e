// SPDX-License-Identifier: GPL-2.0-only
using System.Buffers;
using System.Text.RegularExpressions;

namespace Ksocket.Intree.Core.Recipients;

/// <summary>
/// The pattern of an F: or X: line: '*' is any text and '?' any character, slashes included; the rest is a regular
/// expression, in which '.' is a dot. It matches the start of a path. Unless it ends in a slash, the path must also have as
/// many slashes as the pattern.
/// </summary>
internal sealed class PathPattern
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private static readonly SearchValues<char> Wild = SearchValues.Create("*?[");
    private static readonly SearchValues<char> Other = SearchValues.Create("+|{}()^$\\");

    private readonly string _pattern;
    private readonly string _literal;
    private readonly bool _isFolder;
    private readonly int _slashes;
    private readonly Lazy<Regex?> _regex;

    /// <param name="pattern">The value of the line; a folder of the tree already has its slash.</param>
    public PathPattern(string pattern)
    {
        _pattern = pattern;
        _isFolder = pattern.EndsWith('/');
        _slashes = pattern.AsSpan().Count('/');
        var wild = pattern.AsSpan().IndexOfAny(Wild);
        var isRegex = pattern.AsSpan().IndexOfAny(Other) >= 0;
        _literal = isRegex ? "" : wild < 0 ? pattern : pattern[..wild];
        _regex = new Lazy<Regex?>(() => wild < 0 && !isRegex ? null : RegexOf(pattern));
    }

    /// <summary>How near the pattern is to the file: its depth; -1 for one that starts with '*'.</summary>
    public int Depth => _pattern.StartsWith('*') ? -1 : _slashes + (_isFolder ? 0 : 1);

    public bool Matches(string path) =>
        (_isFolder || path.AsSpan().Count('/') == _slashes)
        && path.StartsWith(_literal, StringComparison.Ordinal)
        && _regex.Value?.IsMatch(path) is not false;

    /// <summary>Null for what is no regular expression: such a pattern matches what its literal start matches.</summary>
    private static Regex? RegexOf(string pattern)
    {
        var regex = pattern.Replace(".", "\\.", StringComparison.Ordinal)
            .Replace("*", ".*", StringComparison.Ordinal)
            .Replace("?", ".", StringComparison.Ordinal);
        try
        {
            return new Regex("^" + regex, RegexOptions.CultureInvariant, Longest);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}

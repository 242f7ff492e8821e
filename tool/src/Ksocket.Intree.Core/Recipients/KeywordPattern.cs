// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;

namespace Ksocket.Intree.Core.Recipients;

/// <summary>The regular expression of an N: or K: line, in which blanks do not count, as with Perl's /x.</summary>
internal sealed class KeywordPattern
{
    private const RegexOptions Options = RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant;

    /// <summary>The patch part of a mail is searched only in lines that it adds or removes.</summary>
    private const string Changed = "^[+-].*";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly Lazy<Regex> _anywhere;
    private readonly Lazy<Regex> _changed;

    /// <param name="place">The section, for an error.</param>
    public KeywordPattern(string pattern, string place) =>
        (_anywhere, _changed) = (new(() => Of(pattern, pattern, place)), new(() => Of(Changed + pattern, pattern, place)));

    public bool IsIn(string text) => _anywhere.Value.IsMatch(text);

    public bool IsInChange(string line) => _changed.Value.IsMatch(line);

    private static Regex Of(string regex, string pattern, string place)
    {
        try
        {
            return new Regex(regex, Options, Longest);
        }
        catch (ArgumentException error)
        {
            throw IntreeFailure.NotUnderstood(
                $"MAINTAINERS: {place}: '{pattern}' is not a regular expression: {error.Message}",
                "name the recipients yourself, with --to and --cc");
        }
    }
}

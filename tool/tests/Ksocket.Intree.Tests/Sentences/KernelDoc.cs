// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;

namespace Ksocket.Intree.Tests.Sentences;

/// <summary>A sentence of the kernel-doc that makes a promise.</summary>
internal sealed record Sentence(string Call, string Text);

/// <summary>The promises in the kernel-doc comments of a C file, by sentence.</summary>
internal static partial class KernelDoc
{
    public static IEnumerable<Sentence> Read(string source) => Comments().Matches(source).SelectMany(
        match => ReadComment(match.Groups["text"].Value));

    private static IEnumerable<Sentence> ReadComment(string comment)
    {
        var lines = comment.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Margin().Replace(line, "")).ToList();
        var call = lines[0].Split(" - ")[0].Replace("struct ", "", StringComparison.Ordinal).Trim();
        return Paragraphs(lines.Skip(1)).SelectMany(Clauses).Select(clause => new Sentence(call, clause));
    }

    /// <summary>A parameter, the Return section, or a paragraph of the description, each on one line.</summary>
    private static List<string> Paragraphs(IEnumerable<string> lines)
    {
        var paragraphs = new List<string>();
        var open = false;
        foreach (var line in lines)
        {
            var begins = line.StartsWith('@') && line.Contains(':', StringComparison.Ordinal);
            if (line.Trim().Length == 0)
            {
                open = false;
            }
            else if (open && !(begins && Parameter().IsMatch(line)) && !line.StartsWith("Return:", StringComparison.Ordinal))
            {
                paragraphs[^1] += " " + line.Trim();
            }
            else
            {
                paragraphs.Add(line.Trim());
                open = true;
            }
        }

        return paragraphs;
    }

    private static IEnumerable<string> Clauses(string paragraph)
    {
        var (lead, text) = (Parameter().Match(paragraph).Value, paragraph);
        if (lead.Length > 0)
        {
            text = paragraph[lead.Length..];
            if (!Promise().IsMatch(text))
            {
                return [];
            }
        }
        else if (text.StartsWith("Return: ", StringComparison.Ordinal))
        {
            text = text["Return: ".Length..];
        }

        return SentenceEnd().Split(text).SelectMany(sentence => sentence.Split("; "))
            .Select(clause => clause.TrimEnd('.'))
            .Select(clause => clause.StartsWith("or ", StringComparison.Ordinal) ? clause["or ".Length..] : clause)
            .Where(clause => !Plain().IsMatch(clause))
            .Select(clause => lead + clause);
    }

    [GeneratedRegex(@"/\*\*\n(?<text>.*?)\*/", RegexOptions.Singleline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"^\s*\* ?")]
    private static partial Regex Margin();

    [GeneratedRegex(@"^@\w+: ")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"(?<=\.) (?=[A-Z@])")]
    private static partial Regex SentenceEnd();

    /// <summary>Marks a promise about a parameter: an errno, a bound, an owner.</summary>
    [GeneratedRegex(@"-E|NULL|caller|bytes|entry|return|cut off|at most|limit|without|suffice|negative|\bonly\b|\b0\b|any of|passed over")]
    private static partial Regex Promise();

    /// <summary>Phrases of nearly every call: success, "as from", and whether it sleeps.</summary>
    [GeneratedRegex(
        @"^(0|another negative errno as from \w+\(2\)|May sleep|Does not sleep|may load the family's module)$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Plain();
}

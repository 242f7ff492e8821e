// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;

namespace Ksocket.Intree.Core.Kbuild;

/// <summary>An entry of MAINTAINERS: its title, and what its F: lines name.</summary>
public sealed record MaintainersEntry(TextLine Title, ImmutableArray<string> Files);

/// <summary>MAINTAINERS as get_maintainer.pl reads it: a title after a blank line, and lines like "F:\tpath" under it.</summary>
public static class MaintainersFile
{
    public static IReadOnlyList<MaintainersEntry> Read(string text)
    {
        var entries = new List<MaintainersEntry>();
        var lines = TextLines.Of(text);
        for (var at = 1; at + 1 < lines.Count; at++)
        {
            if (lines[at - 1].IsBlank && !lines[at].IsBlank && !IsField(lines[at].Span) && IsField(lines[at + 1].Span))
            {
                var fields = lines.Skip(at + 1).TakeWhile(line => IsField(line.Span));
                entries.Add(new MaintainersEntry(lines[at], [.. fields.Where(line => line.Span[0] == 'F').Select(line => line.Text[2..].Trim())]));
            }
        }

        return entries;
    }

    private static bool IsField(ReadOnlySpan<char> line) => line.Length > 2 && char.IsAsciiLetterUpper(line[0]) && line[1] == ':' && char.IsWhiteSpace(line[2]);
}

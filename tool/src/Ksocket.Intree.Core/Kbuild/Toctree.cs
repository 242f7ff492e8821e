// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;

namespace Ksocket.Intree.Core.Kbuild;

/// <summary>The pages that a toctree directive of an .rst file lists (Sphinx manual, "The toctree directive").</summary>
public sealed record Toctree(ImmutableArray<TextLine> Entries)
{
    public static IReadOnlyList<Toctree> Read(string text)
    {
        var trees = new List<Toctree>();
        var lines = TextLines.Of(text);
        for (var at = 0; at < lines.Count; at++)
        {
            if (!lines[at].Span.Trim().SequenceEqual(".. toctree::"))
            {
                continue;
            }

            var outer = Indent(lines[at].Span);
            var body = lines.Skip(at + 1).TakeWhile(line => line.IsBlank || Indent(line.Span) > outer);
            trees.Add(new Toctree([.. body.Where(line => !line.IsBlank && line.Span.TrimStart()[0] != ':')]));
        }

        return trees;
    }

    private static int Indent(ReadOnlySpan<char> text) => text.Length - text.TrimStart().Length;
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Core.Kbuild;

/// <summary>The pages that a toctree directive of an .rst file lists (Sphinx manual, "The toctree directive").</summary>
public sealed record Toctree(ImmutableArray<ByteLine> Entries)
{
    public static IReadOnlyList<Toctree> Read(ByteString file)
    {
        var trees = new List<Toctree>();
        var lines = ByteLines.Of(file);
        for (var at = 0; at < lines.Count; at++)
        {
            if (!lines[at].Bytes.Trim().Equals(".. toctree::"u8))
            {
                continue;
            }

            var outer = Indent(lines[at]);
            var body = lines.Skip(at + 1).TakeWhile(line => line.IsBlank || Indent(line) > outer);
            trees.Add(new Toctree([.. body.Where(line => !line.IsBlank && line.Bytes.Trim()[0] != (byte)':')]));
        }

        return trees;
    }

    private static int Indent(ByteLine line)
    {
        var column = 0;
        while (column < line.Span.Length && AsciiBytes.IsSpace(line.Span[column]))
        {
            column++;
        }

        return column;
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Core.Recipients;

/// <summary>
/// Reads MAINTAINERS as scripts/get_maintainer.pl does: a line that is not a field ends a section and is the title of the
/// next; blank lines and lines that start with '#' do not count.
/// </summary>
internal static class Sections
{
    public static ImmutableArray<Section> Read(ByteString file)
    {
        var sections = ImmutableArray.CreateBuilder<Section>();
        var fields = ImmutableArray.CreateBuilder<Field>();
        var (title, number) = ("", 0);
        foreach (var line in ByteLines.Of(file))
        {
            if (FieldOf(line) is { } field)
            {
                fields.Add(field);
            }
            else if (!line.IsBlank && !line.Bytes.Trim().StartsWith("#"u8))
            {
                End();
                (title, number) = (line.Text, line.Number);
            }
        }

        End();
        return sections.ToImmutable();

        void End()
        {
            if (fields.Count > 0 && title.Length > 0)
            {
                sections.Add(new Section(title, number, fields.ToImmutable()));
            }

            fields.Clear();
        }
    }

    private static Field? FieldOf(ByteLine line) =>
        line.Span is [var letter, (byte)':', ..] && AsciiBytes.IsUpper(letter)
            ? new Field((char)letter, line.Bytes.Slice(2).Trim().ToString())
            : null;
}

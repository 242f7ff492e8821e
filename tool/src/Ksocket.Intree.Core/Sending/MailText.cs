// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Core.Sending;

/// <summary>A header of a mail with its folded lines, each with its newline.</summary>
public readonly record struct HeaderText(string Text)
{
    public bool Is(string name) => Text.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase);

    /// <summary>The value, unfolded.</summary>
    public string Value => Text[(Text.IndexOf(':', StringComparison.Ordinal) + 1)..].Replace("\n", "", StringComparison.Ordinal).Trim();
}

/// <summary>A mail in two parts: its headers, without the "From " line of an mbox, and its body.</summary>
public sealed record MailText(ImmutableArray<HeaderText> Headers, ByteString Body)
{
    public static MailText Of(ByteString mail)
    {
        var headers = new List<string>();
        foreach (var line in ByteLines.Of(mail))
        {
            if (line.Bytes.IsEmpty)
            {
                return new MailText([.. headers.Select(header => new HeaderText(header))], mail.Slice(line.End));
            }

            if (line.Number == 1 && line.Bytes.StartsWith("From "u8))
            {
                continue;
            }

            if (line.Span[0] is (byte)' ' or (byte)'\t' && headers.Count > 0)
            {
                headers[^1] += line.Text + "\n";
            }
            else
            {
                headers.Add(line.Text + "\n");
            }
        }

        return new MailText([.. headers.Select(header => new HeaderText(header))], default);
    }

    /// <summary>The unfolded value of a header; null if there is none.</summary>
    public string? this[string name] => Headers.Where(header => header.Is(name)).Select(header => header.Value).FirstOrDefault();
}

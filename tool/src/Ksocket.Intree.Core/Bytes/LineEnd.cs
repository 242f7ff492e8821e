// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Core.Bytes;

/// <summary>
/// How lines end: with LF, or with CR LF as in trees checked out on Windows. A line that is added ends as its neighbours do.
/// </summary>
public readonly record struct LineEnd
{
    private readonly bool _isCrLf;

    private LineEnd(bool isCrLf) => _isCrLf = isCrLf;

    public static LineEnd Lf => default;

    public static LineEnd CrLf => new(isCrLf: true);

    public ByteString Bytes => ByteString.Of(_isCrLf ? "\r\n"u8 : "\n"u8);

    /// <summary>How the line ends whose newline is the last one before a place; LF if there is none.</summary>
    public static LineEnd Before(ByteString file, int at) =>
        file.Span[..at].LastIndexOf((byte)'\n') is var newline and > 0 && file[newline - 1] == (byte)'\r' ? CrLf : Lf;

    /// <summary>A text with LF, with these line ends.</summary>
    public ByteString In(ByteString text)
    {
        if (!_isCrLf)
        {
            return text;
        }

        var bytes = new ByteBuilder();
        foreach (var line in ByteLines.Of(text))
        {
            bytes.Append(line.Bytes);
            if (line.HasNewline)
            {
                bytes.Append("\r\n"u8);
            }
        }

        return bytes.ToBytes();
    }
}

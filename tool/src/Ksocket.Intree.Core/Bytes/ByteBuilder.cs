// SPDX-License-Identifier: GPL-2.0-only
using System.Buffers;
using System.Text;

namespace Ksocket.Intree.Core.Bytes;

/// <summary>Concatenates bytes; text is added as UTF-8.</summary>
public sealed class ByteBuilder
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public ByteBuilder Append(ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    public ByteBuilder Append(ByteString bytes) => Append(bytes.Span);

    public ByteBuilder Append(string text)
    {
        Encoding.UTF8.GetBytes(text, _bytes);
        return this;
    }

    public ByteBuilder Append(byte one) => Append([one]);

    public ByteString ToBytes() => ByteString.Of(_bytes.WrittenSpan);
}

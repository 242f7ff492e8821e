// SPDX-License-Identifier: GPL-2.0-only
using System.Buffers;
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Processes;

/// <summary>Splits a stream of bytes into lines, with bounded memory.</summary>
internal sealed class LineSplitter(Action<ByteString> onLine)
{
    /// <summary>A longer line is split into pieces of this length.</summary>
    public const int Longest = 64 << 10;

    private readonly ArrayBufferWriter<byte> _begun = new();

    public void Take(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var newline = bytes.IndexOf((byte)'\n');
            var length = Math.Min(newline < 0 ? bytes.Length : newline, Longest - _begun.WrittenCount);
            _begun.Write(bytes[..length]);
            bytes = bytes[length..];
            if (!bytes.IsEmpty && bytes[0] == (byte)'\n')
            {
                Emit();
                bytes = bytes[1..];
            }
            else if (_begun.WrittenCount == Longest)
            {
                Emit();
            }
        }
    }

    /// <summary>Emits a last line without newline.</summary>
    public void End()
    {
        if (_begun.WrittenCount > 0)
        {
            Emit();
        }
    }

    private void Emit()
    {
        var line = _begun.WrittenSpan.ToArray();
        _begun.ResetWrittenCount();
        onLine(new ByteString(line));
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace Ksocket.Intree.Core.Bytes;

/// <summary>
/// The bytes of a tree, a patch or a child process: file contents, file names, lines. They are compared byte by byte
/// and never decoded, so they are written as they were read. Text for people is a <see cref="string"/>;
/// <see cref="OfText"/> encodes one as UTF-8, and <see cref="ToString"/> is for messages only.
/// </summary>
public readonly struct ByteString : IEquatable<ByteString>, IComparable<ByteString>
{
    private readonly ReadOnlyMemory<byte> _memory;

    public ByteString(ReadOnlyMemory<byte> memory) => _memory = memory;

    public static ByteString Empty => default;

    public int Length => _memory.Length;

    public bool IsEmpty => _memory.IsEmpty;

    public ReadOnlyMemory<byte> Memory => _memory;

    public ReadOnlySpan<byte> Span => _memory.Span;

    public byte this[int at] => _memory.Span[at];

    public byte this[Index at] => _memory.Span[at];

    public static implicit operator ReadOnlySpan<byte>(ByteString bytes) => bytes.Span;

    /// <summary>The UTF-8 encoding of a text.</summary>
    public static ByteString OfText(string text) => new(Encoding.UTF8.GetBytes(text));

    /// <summary>A copy of some bytes.</summary>
    public static ByteString Of(ReadOnlySpan<byte> bytes) => new(bytes.ToArray());

    public static ByteString Concat(params ReadOnlySpan<ByteString> parts)
    {
        var length = 0;
        foreach (var part in parts)
        {
            length += part.Length;
        }

        var bytes = new byte[length];
        var at = 0;
        foreach (var part in parts)
        {
            part.Span.CopyTo(bytes.AsSpan(at));
            at += part.Length;
        }

        return new ByteString(bytes);
    }

    public ByteString Slice(int start) => new(_memory[start..]);

    public ByteString Slice(int start, int length) => new(_memory.Slice(start, length));

    /// <summary>These bytes with a range replaced.</summary>
    public ByteString Replace(int start, int length, ByteString with) => Concat(Slice(0, start), with, Slice(start + length));

    public bool StartsWith(ReadOnlySpan<byte> start) => Span.StartsWith(start);

    public bool EndsWith(ReadOnlySpan<byte> end) => Span.EndsWith(end);

    public bool Contains(ReadOnlySpan<byte> part) => Span.IndexOf(part) >= 0;

    /// <summary>Without spaces, tabs, line ends and other ASCII white space at both ends.</summary>
    public ByteString Trim()
    {
        var (start, end) = (0, Length);
        while (start < end && AsciiBytes.IsSpace(Span[start]))
        {
            start++;
        }

        while (end > start && AsciiBytes.IsSpace(Span[end - 1]))
        {
            end--;
        }

        return Slice(start, end - start);
    }

    public byte[] ToArray() => _memory.ToArray();

    /// <summary>The text that these bytes encode in UTF-8; null if they are not UTF-8.</summary>
    public string? TryToText() => Utf8.IsValid(Span) ? Encoding.UTF8.GetString(Span) : null;

    /// <summary>For a message: decoded as UTF-8, with each invalid byte as \xNN. Not reversible.</summary>
    public override string ToString() => TryToText() ?? Escaped();

    private string Escaped()
    {
        var left = Span;
        var text = new StringBuilder(left.Length);
        while (!left.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(left, out var rune, out var length) == System.Buffers.OperationStatus.Done)
            {
                text.Append(rune.ToString());
            }
            else
            {
                foreach (var one in left[..length])
                {
                    text.Append($"\\x{one:x2}");
                }
            }

            left = left[length..];
        }

        return text.ToString();
    }

    public bool Equals(ByteString other) => Span.SequenceEqual(other.Span);

    public bool Equals(ReadOnlySpan<byte> other) => Span.SequenceEqual(other);

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is ByteString other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Span);
        return hash.ToHashCode();
    }

    /// <summary>By the value of the bytes, as git orders names.</summary>
    public int CompareTo(ByteString other) => Span.SequenceCompareTo(other.Span);

    public static bool operator ==(ByteString one, ByteString other) => one.Equals(other);

    public static bool operator !=(ByteString one, ByteString other) => !one.Equals(other);

    public static bool operator <(ByteString one, ByteString other) => one.CompareTo(other) < 0;

    public static bool operator >(ByteString one, ByteString other) => one.CompareTo(other) > 0;

    public static bool operator <=(ByteString one, ByteString other) => one.CompareTo(other) <= 0;

    public static bool operator >=(ByteString one, ByteString other) => one.CompareTo(other) >= 0;
}

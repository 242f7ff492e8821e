// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Core.Declarations;

/// <summary>
/// A C file with its continued lines joined, which C does before tokenization: a backslash at the end of a
/// line may be inside a word, a string or a comment. Positions still map to lines of the file.
/// </summary>
internal sealed class LogicalText
{
    private const int BlockLength = 4096;

    private readonly ByteString _bytes;
    private readonly ImmutableArray<int> _joints;

    // The number of newlines before each block.
    private readonly int[] _newlines;

    private LogicalText(ByteString bytes, ImmutableArray<int> joints)
    {
        (_bytes, _joints, _newlines) = (bytes, joints, new int[(bytes.Length / BlockLength) + 1]);
        for (var block = 1; block < _newlines.Length; block++)
        {
            _newlines[block] = _newlines[block - 1] + Span.Slice((block - 1) * BlockLength, BlockLength).Count((byte)'\n');
        }
    }

    public ReadOnlySpan<byte> Span => _bytes.Span;

    public static LogicalText Of(ByteString file)
    {
        var left = file.Span;
        byte[]? joined = null;
        var length = 0;
        var joints = ImmutableArray.CreateBuilder<int>();
        for (var from = 0; from < left.Length;)
        {
            var backslash = left[from..].IndexOf((byte)'\\');
            if (backslash < 0)
            {
                break;
            }

            from += backslash;
            var after = AfterNewline(left, from + 1);
            if (after < 0)
            {
                from++;
                continue;
            }

            joined ??= GC.AllocateUninitializedArray<byte>(file.Length);
            left[..from].CopyTo(joined.AsSpan(length));
            length += from;
            joints.Add(length);
            left = left[after..];
            from = 0;
        }

        if (joined is null)
        {
            return new LogicalText(file, []);
        }

        left.CopyTo(joined.AsSpan(length));
        return new LogicalText(new ByteString(joined.AsMemory(0, length + left.Length)), joints.DrainToImmutable());
    }

    /// <summary>The line of the file, from 1, for a position.</summary>
    public int LineOf(int at)
    {
        var block = at / BlockLength;
        return 1 + _newlines[block] + Span[(block * BlockLength)..at].Count((byte)'\n') + JointsUpTo(at);
    }

    private int JointsUpTo(int at)
    {
        var (low, high) = (0, _joints.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _joints[middle] <= at ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>Where the next line starts, if only blanks come before the newline, as in gcc; otherwise -1.</summary>
    private static int AfterNewline(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && text[at] != (byte)'\n' && AsciiBytes.IsSpace(text[at]))
        {
            at++;
        }

        return at < text.Length && text[at] == (byte)'\n' ? at + 1 : -1;
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Core.Kbuild;

/// <summary>
/// Goes through the statements of a Kconfig file, one line at a time: not blank lines, comments, continuations of the
/// line before, or help texts, which end at the first line indented less than their first. A CR at the end of a line is
/// not part of it: kconfig warns about it and goes on. Nothing is allocated: a kernel has 1,800 Kconfig files with
/// 220,000 lines, and apply looks at most of them.
/// </summary>
internal ref struct KconfigScanner(ReadOnlySpan<byte> file)
{
    private const int TabWidth = 8;

    private readonly ReadOnlySpan<byte> _file = file;
    private int _bareStart;
    private int _bareEnd;
    private int _wordEnd;
    private Help _help;
    private int _helpIndent;
    private bool _continued;

    private enum Help
    {
        None,
        Awaited,
        Running,
    }

    /// <summary>The number of the line, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>The first byte of the line.</summary>
    public int Start { get; private set; }

    /// <summary>The byte after the line and its newline.</summary>
    public int End { get; private set; }

    /// <summary>The first word of the statement.</summary>
    public KconfigKeyword Keyword { get; private set; }

    /// <summary>The bytes of the first word.</summary>
    public readonly Range Word => _bareStart.._wordEnd;

    /// <summary>What follows the keyword, without white space around it and without a comment.</summary>
    public readonly Range Argument
    {
        get
        {
            var (start, end) = Trimmed(_wordEnd, _bareEnd);
            var quoted = false;
            for (var at = start; at < end; at++)
            {
                quoted ^= _file[at] == (byte)'"';
                if (_file[at] == (byte)'#' && !quoted)
                {
                    (start, end) = Trimmed(start, at);
                }
            }

            return start..end;
        }
    }

    /// <summary>Goes to the next statement; false at the end of the file.</summary>
    public bool Next()
    {
        while (End < _file.Length)
        {
            Start = End;
            Number++;
            var newline = _file[Start..].IndexOf((byte)'\n');
            End = newline < 0 ? _file.Length : Start + newline + 1;
            (_bareStart, _bareEnd) = Trimmed(Start, End);
            if (!IsHelp() && IsStatement())
            {
                Split();
                return true;
            }
        }

        return false;
    }

    private bool IsStatement()
    {
        var (isContinuation, isBlank) = (_continued, _bareStart == _bareEnd);
        var isComment = !isBlank && _file[_bareStart] == (byte)'#';
        _continued = !isBlank && _file[_bareEnd - 1] == (byte)'\\' && (isContinuation || !isComment);
        return !isContinuation && !isBlank && !isComment;
    }

    private void Split()
    {
        var bare = _file[_bareStart.._bareEnd];
        var length = bare.IndexOfAny(" \t\"("u8) is var end and >= 0 ? end : bare.Length;
        _wordEnd = _bareStart + length;
        Keyword = KconfigKeywords.Of(bare[..length]);
        _help = Keyword == KconfigKeyword.Help ? Help.Awaited : Help.None;
    }

    private bool IsHelp()
    {
        if (_help == Help.None || _bareStart == _bareEnd)
        {
            return _help != Help.None;
        }

        var indent = Indent(_file[Start.._bareStart]);
        _helpIndent = _help == Help.Awaited ? indent : _helpIndent;
        _help = indent > 0 && indent >= _helpIndent ? Help.Running : Help.None;
        return _help == Help.Running;
    }

    /// <summary>Columns, with tabs of eight.</summary>
    private static int Indent(ReadOnlySpan<byte> space)
    {
        var column = 0;
        foreach (var one in space)
        {
            column = one == (byte)'\t' ? (column / TabWidth + 1) * TabWidth : column + 1;
        }

        return column;
    }

    private readonly (int Start, int End) Trimmed(int start, int end)
    {
        while (start < end && AsciiBytes.IsSpace(_file[start]))
        {
            start++;
        }

        while (end > start && AsciiBytes.IsSpace(_file[end - 1]))
        {
            end--;
        }

        return (start, end);
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Buffers;
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Core.Declarations;

/// <summary>
/// Scans C text, skipping comments and string literals: either token by token, or faster, bracket by bracket.
/// White space, letters and digits are those of ASCII. Text excluded by #if 0 is skipped.
/// </summary>
internal ref struct CScanner(ReadOnlySpan<byte> text, int start)
{
    private static readonly SearchValues<byte> Marks = SearchValues.Create("{}()[];\"'/#"u8);

    private readonly ReadOnlySpan<byte> _text = text;
    private int _at = start;

    // Comments may come before the # of a directive, so the position of the last one is kept.
    private int _commentEnd = -1;
    private bool _commentOpensLine;

    /// <summary>Where the last item found starts.</summary>
    public int Start { get; private set; }

    /// <summary>Where it ends.</summary>
    public readonly int End => _at;

    public readonly ReadOnlySpan<byte> Found => _text[Start.._at];

    /// <summary>The name of the last directive: "define", "if", …</summary>
    public ReadOnlySpan<byte> Directive { get; private set; }

    /// <summary>Where what follows the directive's name starts.</summary>
    public int Argument { get; private set; }

    /// <summary>Moves to the next bracket, semicolon or directive ('#') and returns it; 0 at the end.</summary>
    public byte NextMark()
    {
        while (_at < _text.Length && _text[_at..].IndexOfAny(Marks) is var found and >= 0)
        {
            _at += found;
            Start = _at;
            var mark = _text[_at];
            if (mark is (byte)'"' or (byte)'\'')
            {
                _at = CSkip.Quoted(_text, _at);
            }
            else if (mark != (byte)'/' && mark != (byte)'#')
            {
                _at++;
                return mark;
            }
            else if (TryDirective())
            {
                return mark;
            }
            else if (!TryComment())
            {
                _at++;
            }
        }

        return 0;
    }

    /// <summary>Moves to the next word, number, string or punctuator; false at the end.</summary>
    public bool NextToken()
    {
        while (_at < _text.Length)
        {
            var one = _text[_at];
            if (AsciiBytes.IsSpace(one) || one == (byte)'\\')
            {
                _at++;
            }
            else if (!TryDirective() && !TryComment())
            {
                Start = _at;
                _at = TokenEnd(one);
                return true;
            }
        }

        return false;
    }

    private readonly int TokenEnd(byte first)
    {
        if (AsciiBytes.IsWord(first))
        {
            return CSkip.Word(_text, _at);
        }

        if (first is (byte)'"' or (byte)'\'')
        {
            return CSkip.Quoted(_text, _at);
        }

        if (_text[_at..].StartsWith("..."u8))
        {
            return _at + 3;
        }

        var end = _at + 1;
        while (first >= 0x80 && end < _text.Length && _text[end] >= 0x80)
        {
            end++;
        }

        return end;
    }

    private bool TryComment()
    {
        if (!CSkip.IsComment(_text, _at))
        {
            return false;
        }

        _commentOpensLine = OpensLine(_at);
        _commentEnd = _at = CSkip.Comment(_text, _at);
        return true;
    }

    private bool TryDirective()
    {
        if (_text[_at] != (byte)'#' || !OpensLine(_at))
        {
            return false;
        }

        var name = CSkip.Blanks(_text, _at + 1);
        var end = CSkip.Word(_text, name);
        Start = _at;
        Directive = _text[name..end];
        Argument = CSkip.Blanks(_text, end);
        _at = CSkip.RestOfLine(_text, Argument);
        if (Directive.SequenceEqual("if"u8) && IsZero(Argument))
        {
            _at = ConditionalGroup.End(_text, _at);
            (_commentEnd, _commentOpensLine) = (_at, true);
        }

        return true;
    }

    private readonly bool IsZero(int at) =>
        at < _text.Length && _text[at] == (byte)'0'
        && CSkip.Blanks(_text, at + 1) is var end && (end == _text.Length || _text[end] == (byte)'\n');

    /// <summary>Whether only white space and comments precede it on the line.</summary>
    private readonly bool OpensLine(int at)
    {
        for (; at > 0 && at != _commentEnd; at--)
        {
            if (_text[at - 1] == (byte)'\n' || !AsciiBytes.IsSpace(_text[at - 1]))
            {
                return _text[at - 1] == (byte)'\n';
            }
        }

        return at == 0 || _commentOpensLine;
    }
}

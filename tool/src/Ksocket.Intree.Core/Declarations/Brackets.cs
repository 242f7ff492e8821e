// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Core.Declarations;

/// <summary>An opening bracket, a semicolon, or a '}' that closes nothing.</summary>
/// <param name="Value">The byte itself.</param>
/// <param name="At">Its position.</param>
/// <param name="Close">The position of its closing bracket; -1 if there is none.</param>
/// <param name="Outer">While it is open, the index of the one around it; -1 if there is none.</param>
internal readonly record struct Mark(byte Value, int At, int Close, int Outer)
{
    public bool IsOpening => Value is (byte)'(' or (byte)'[' or (byte)'{';

    public bool IsBrace => Value == (byte)'{';
}

/// <summary>
/// Pairs brackets in one pass. The content of a pair is dropped; an unclosed bracket hides nothing.
/// A '}' closes its '{' even if other brackets are open in between: branches of an #if may each close the same parenthesis.
/// </summary>
internal sealed class Brackets
{
    private readonly List<Mark> _marks = [];
    private int _open = -1;

    public IReadOnlyList<Mark> Marks => _marks;

    public int OpenBraces { get; private set; }

    public void Add(byte value, int at)
    {
        switch (value)
        {
            case (byte)'{' or (byte)'(' or (byte)'[':
                _marks.Add(new Mark(value, at, -1, _open));
                _open = _marks.Count - 1;
                OpenBraces += value == (byte)'{' ? 1 : 0;
                break;

            case (byte)')' or (byte)']':
                if (_open >= 0 && !_marks[_open].IsBrace)
                {
                    Close(at);
                }

                break;

            case (byte)'}' when OpenBraces > 0:
                while (!_marks[_open].IsBrace)
                {
                    _open = _marks[_open].Outer;
                }

                OpenBraces--;
                Close(at);
                break;

            default:
                _marks.Add(new Mark(value, at, -1, -1));
                break;
        }
    }

    private void Close(int at)
    {
        var mark = _marks[_open];
        _marks.RemoveRange(_open + 1, _marks.Count - _open - 1);
        _marks[_open] = mark with { Close = at };
        _open = mark.Outer;
    }
}

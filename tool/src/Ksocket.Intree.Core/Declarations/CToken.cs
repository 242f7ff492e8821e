// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Core.Declarations;

/// <summary>A word or sign of C, and the line it stands in (from 1).</summary>
public readonly record struct CToken(string Text, int Line)
{
    public bool IsWord => char.IsAsciiLetter(Text[0]) || Text[0] == '_';

    public override string ToString() => Text;
}

// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Core.Bytes;

/// <summary>Character classes of ASCII, as used by kbuild, C and git.</summary>
public static class AsciiBytes
{
    public static bool IsSpace(byte one) => one is (byte)' ' or (>= (byte)'\t' and <= (byte)'\r');

    public static bool IsDigit(byte one) => one is >= (byte)'0' and <= (byte)'9';

    public static bool IsUpper(byte one) => one is >= (byte)'A' and <= (byte)'Z';

    public static bool IsLetter(byte one) => (byte)(one | 0x20) is >= (byte)'a' and <= (byte)'z';

    /// <summary>A letter, a digit or '_': the characters of names in C, make and Kconfig.</summary>
    public static bool IsWord(byte one) => IsLetter(one) || IsDigit(one) || one == (byte)'_';

    public static bool IsBlank(ReadOnlySpan<byte> bytes)
    {
        foreach (var one in bytes)
        {
            if (!IsSpace(one))
            {
                return false;
            }
        }

        return true;
    }

    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> bytes) => bytes.Trim(" \t\r\n\v\f"u8);
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Ksocket.Intree.Files;

/// <summary>
/// The size of a terminal, in characters (ioctl_tty(2), TIOCGWINSZ). The console class of .NET asks for it, too, but first
/// switches the keypad of the terminal to another mode, and leaves it so.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct ScreenSize
{
    private const ulong GetWindowSize = 0x5413;

    private readonly ushort _rows;
    private readonly ushort _columns;
    private readonly uint _pixels;

    /// <summary>0 if the terminal does not know it.</summary>
    public int Rows => _rows;

    /// <summary>0 if the terminal does not know it.</summary>
    public int Columns => _columns;

    /// <param name="descriptor">1 for stdout, 2 for stderr.</param>
    /// <returns>Null if that is not a terminal.</returns>
    public static ScreenSize? Of(int descriptor)
    {
        using var handle = new SafeFileHandle(descriptor, ownsHandle: false);
        return Native.WindowSize(handle, GetWindowSize, out var size) == 0 ? size : null;
    }
}

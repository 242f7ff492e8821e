// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Core.Kbuild;

/// <summary>
/// Finds the lines of a Kconfig file that are statements: not blank, not a comment, not a continuation of the line
/// before, and not part of a help text, which ends at the first line indented less than its first. A CR at the end of a
/// line is not part of it: kconfig warns about it and goes on.
/// </summary>
internal sealed class KconfigLines
{
    private const int TabWidth = 8;

    private Help _help = Help.None;
    private int _helpIndent;
    private bool _continued;

    private enum Help
    {
        None,
        Awaited,
        Running,
    }

    /// <summary>Called after a help statement.</summary>
    public void HelpFollows() => _help = Help.Awaited;

    /// <summary>The statement of a line without surrounding white space; null if it has none.</summary>
    public ByteString? Statement(ByteLine line)
    {
        if (IsHelp(line))
        {
            return null;
        }

        var bare = line.Bytes.Trim();
        var isContinuation = _continued;
        _continued = bare.EndsWith("\\"u8) && (isContinuation || bare[0] != (byte)'#');
        return isContinuation || bare.IsEmpty || bare[0] == (byte)'#' ? null : bare;
    }

    private bool IsHelp(ByteLine line)
    {
        if (_help == Help.None)
        {
            return false;
        }

        if (line.IsBlank)
        {
            return true;
        }

        var indent = Indent(line.Span);
        _helpIndent = _help == Help.Awaited ? indent : _helpIndent;
        _help = indent > 0 && indent >= _helpIndent ? Help.Running : Help.None;
        return _help == Help.Running;
    }

    private static int Indent(ReadOnlySpan<byte> text)
    {
        var column = 0;
        foreach (var one in text)
        {
            if (one == (byte)'\t')
            {
                column = (column / TabWidth + 1) * TabWidth;
            }
            else if (one == (byte)' ')
            {
                column++;
            }
            else
            {
                break;
            }
        }

        return column;
    }
}

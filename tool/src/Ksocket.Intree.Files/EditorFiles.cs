// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Files;

/// <summary>The names under which editors and patch(1) keep copies and locks beside a file.</summary>
internal static class EditorFiles
{
    private static readonly string[] Endings = ["~", ".bak", ".orig", ".rej", ".save", ".swo", ".swp", ".swx"];

    public static bool Contains(ByteString name)
    {
        var text = name.ToString();
        return Endings.Any(ending => text.EndsWith(ending, StringComparison.Ordinal))
            || text.StartsWith(".#", StringComparison.Ordinal)
            || (text is ['#', .., '#']);
    }
}

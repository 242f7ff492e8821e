// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Planning;

/// <summary>
/// The files that a Kconfig file includes, found in its bytes without parsing the rest: a tree has two thousand Kconfig
/// files. A line of a help text that looks like "source" yields a file that does not exist, which is harmless.
/// </summary>
internal static class KconfigSources
{
    public static IReadOnlyList<ByteString> In(TreePath path, ByteString file)
    {
        var files = new List<ByteString>();
        for (var from = 0; file.Span[from..].IndexOf("source"u8) is var at and >= 0;)
        {
            var start = file.Span[..(from + at)].LastIndexOf((byte)'\n') + 1;
            var length = file.Span[start..].IndexOf((byte)'\n') is var end and >= 0 ? end : file.Length - start;
            if (FileOf(path, file.Slice(start, length).Trim()) is { } named)
            {
                files.Add(named);
            }

            from = Math.Min(file.Length, start + length + 1);
        }

        return files;
    }

    /// <summary>The file that a source statement names; null for any other line.</summary>
    private static ByteString? FileOf(TreePath path, ByteString line)
    {
        var end = line.Span.IndexOfAny(" \t\""u8);
        var keyword = end < 0 ? default : line.Slice(0, end);
        var isRelative = keyword.Equals("rsource"u8) || keyword.Equals("orsource"u8);
        if (!isRelative && !keyword.Equals("source"u8) && !keyword.Equals("osource"u8))
        {
            return null;
        }

        var argument = line.Slice(end).Trim();
        argument = argument.StartsWith("\""u8) ? argument.Slice(1) : argument;
        argument = argument.Slice(0, argument.Span.IndexOfAny("\" \t"u8) is var close and >= 0 ? close : argument.Length);
        return isRelative ? ByteString.Concat(path.Folder.Bytes, ByteString.Of("/"u8), argument) : argument;
    }
}

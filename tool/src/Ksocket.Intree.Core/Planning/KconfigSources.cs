// SPDX-License-Identifier: GPL-2.0-only
using System.Text;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Planning;

/// <summary>
/// The files that a Kconfig file includes, read from its bytes without parsing the rest: a tree has two thousand Kconfig
/// files. A line of a help text that looks like "source" only costs a file that is not there.
/// </summary>
internal static class KconfigSources
{
    private static ReadOnlySpan<byte> Keyword => "source"u8;

    public static IReadOnlyList<string> In(TreePath path, ReadOnlySpan<byte> bytes)
    {
        var files = new List<string>();
        while (bytes.IndexOf(Keyword) is >= 0 and var at)
        {
            var start = bytes[..at].LastIndexOf((byte)'\n') + 1;
            var length = bytes[at..].IndexOf((byte)'\n');
            var line = length < 0 ? bytes[start..] : bytes[start..(at + length)];
            if (FileOf(path, Encoding.UTF8.GetString(line).Trim()) is { } file)
            {
                files.Add(file);
            }

            bytes = length < 0 ? [] : bytes[(at + length + 1)..];
        }

        return files;
    }

    /// <summary>The file that a statement names; null for a line that is no such statement.</summary>
    private static string? FileOf(TreePath path, string line)
    {
        var end = line.IndexOfAny([' ', '\t', '"']);
        if (end < 0 || line[..end] is not ("source" or "osource" or "rsource" or "orsource"))
        {
            return null;
        }

        var argument = line[end..].Trim();
        var file = argument is ['"', ..] ? argument[1..].Split('"')[0] : argument.Split(' ', '\t')[0];
        return line[..end].Contains("rsource", StringComparison.Ordinal) ? $"{path.Folder}/{file}" : file;
    }
}

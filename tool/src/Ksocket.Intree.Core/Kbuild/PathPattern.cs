// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Kbuild;

/// <summary>The files that a path with '*' or '?' matches, as in glob(7); neither matches a '/' or a leading dot.</summary>
internal static class PathPattern
{
    public static bool IsPattern(ByteString name) => name.Span.ContainsAny((byte)'*', (byte)'?');

    /// <summary>The matching files, in byte order.</summary>
    public static IReadOnlyList<TreePath> Matches(KernelTree tree, TreePath pattern)
    {
        List<TreePath> found = [TreePath.Top];
        foreach (var step in pattern.Folders.Append(pattern).Select(step => step.Name))
        {
            found = IsPattern(step)
                ? [.. found.SelectMany(folder => tree.NamesIn(folder).Where(name => IsMatch(name, step)).Select(name => folder / name))]
                : [.. found.Select(folder => folder / step)];
        }

        return [.. found.Where(tree.LeadsToFile).Order()];
    }

    private static bool IsMatch(ByteString name, ByteString pattern) =>
        (name[0] != (byte)'.' || pattern[0] == (byte)'.') && IsMatch(name.Span, pattern.Span);

    private static bool IsMatch(ReadOnlySpan<byte> name, ReadOnlySpan<byte> pattern)
    {
        if (pattern.IsEmpty)
        {
            return name.IsEmpty;
        }

        if (pattern[0] != (byte)'*')
        {
            return !name.IsEmpty && (pattern[0] == (byte)'?' || pattern[0] == name[0]) && IsMatch(name[1..], pattern[1..]);
        }

        for (var at = 0; at <= name.Length; at++)
        {
            if (IsMatch(name[at..], pattern[1..]))
            {
                return true;
            }
        }

        return false;
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Core.Recipients;

/// <summary>What get_maintainer.pl looks at in a patch: the paths, and the other lines, in which keywords are searched.</summary>
/// <param name="Intro">The lines before the first change.</param>
/// <param name="Changes">The lines from there on.</param>
internal sealed partial record PatchText(IReadOnlySet<string> Paths, IReadOnlyList<string> Intro, IReadOnlyList<string> Changes)
{
    public static PatchText Read(ByteString mail)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        var (intro, changes) = (new List<string>(), new List<string>());
        var lines = intro;
        foreach (var line in ByteLines.Of(mail).Select(line => line.Text))
        {
            if (Header().Match(line) is { Success: true } header)
            {
                paths.Add(header.Groups[1].Value);
                paths.Add(header.Groups[2].Value);
            }
            else if (Side().Match(line) is { Success: true } side)
            {
                // The first folder is a/ or b/; of /dev/null the script leaves "dev/null".
                var path = side.Groups[1].Value;
                paths.Add(path[(path.IndexOf('/', StringComparison.Ordinal) + 1)..]);
                lines = changes;
            }
            else if (!Hunk().IsMatch(line) && !line.StartsWith("Fixes:", StringComparison.Ordinal))
            {
                lines.Add(line);
            }
        }

        return new PatchText(paths, intro, changes);
    }

    [GeneratedRegex(@"^diff --git a/(\S+) b/(\S+)\s*$")]
    private static partial Regex Header();

    [GeneratedRegex(@"^(?:\+\+\+|---)\s+(\S+)")]
    private static partial Regex Side();

    [GeneratedRegex(@"^@@ -\d+,\d+")]
    private static partial Regex Hunk();
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;

namespace Ksocket.Intree.Files;

/// <summary>Where each revision of a series is: the first in DIR, the Nth in DIR-vN beside it.</summary>
public static partial class RevisionFolder
{
    /// <param name="folder">The folder of the first revision, or of any other.</param>
    /// <param name="revision">From 1; null for a first one.</param>
    public static string Of(string folder, int? revision) => revision is null or 1 ? folder : Named(folder, revision.Value);

    /// <summary>The folders in which the revision before this one may be, the likely one first.</summary>
    public static IEnumerable<string> Before(string folder, int revision) => revision > 2
        ? [Named(folder, revision - 1)]
        : ((string[])[Mark().Replace(folder.TrimEnd('/'), ""), Named(folder, 1)]).Where(place => place.Length > 0);

    private static string Named(string folder, int revision)
    {
        var name = folder.TrimEnd('/');
        return Mark().Match(name) is { Success: true } mark
            ? $"{name[..mark.Index]}{mark.Groups[1].Value}v{revision}"
            : $"{name}-v{revision}";
    }

    /// <summary>"-v2" at the end of a name, or a whole name "v2".</summary>
    [GeneratedRegex("(-|(?<=/)|^)v[0-9]+$")]
    private static partial Regex Mark();
}

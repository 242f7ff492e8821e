// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Mail;

namespace Ksocket.Intree.Core.Series;

/// <summary>
/// The file that quilt reads (quilt(1): one patch a line, '#' starts a comment), and in its comments where the series
/// comes from and what its sender decided.
/// </summary>
/// <param name="Patches">The names of the patch files, each in the folder of this file.</param>
public sealed record SeriesFile(Provenance Provenance, Envelope Envelope, ImmutableArray<string> Patches)
{
    public const string Name = "series";

    /// <summary>Whether a name can be that of a mail of a series: a file of the folder itself, never a path.</summary>
    public static bool IsPatchName(string name) =>
        name.EndsWith(".patch", StringComparison.Ordinal) && name[0] != '.' && name.All(c => c > ' ' && c is not ('/' or '\x7f'));
}

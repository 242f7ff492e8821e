// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Mail;

namespace Ksocket.Intree.Core.Series;

/// <summary>
/// The file that quilt reads (quilt(1): one patch per line, '#' starts a comment), with QUILT_PATCHES=DIR and
/// QUILT_SERIES=meta/series. Its comments record the provenance of the series and the sender's settings.
/// </summary>
/// <param name="Patches">The names of the patch files, in the folder above that of this file.</param>
public sealed record SeriesFile(Provenance Provenance, Envelope Envelope, ImmutableArray<string> Patches)
{
    /// <summary>
    /// The folder for everything that is not a mail: git send-email takes each file of a folder for one, and skips folders.
    /// </summary>
    public const string Folder = "meta";

    public const string Name = Folder + "/series";

    /// <summary>Its place in the folders of earlier releases.</summary>
    public const string FormerName = "series";

    /// <summary>Whether a name is valid for a patch file: a file in the folder itself, never a path.</summary>
    public static bool IsPatchName(string name) =>
        name.EndsWith(".patch", StringComparison.Ordinal) && name[0] != '.' && name.All(c => c > ' ' && c is not ('/' or '\x7f'));
}

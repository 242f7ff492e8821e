// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;

namespace Ksocket.Intree.Files;

/// <summary>
/// Which file stands at a path, and when anything about it last changed. Size and time of writing are not enough: both
/// can be set, and are the same for every file of an archive with clamped times; inode and time of change cannot.
/// </summary>
public static class FileStamp
{
    /// <summary>A word that differs whenever the file is another or was changed; empty where it cannot be told.</summary>
    public static string Of(string path) => Native.StatX(Native.AtCurrentFolder, path, Native.NoFollow, FileStatus.Basic, out var status) == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{status.Inode} {status.ChangedSeconds}.{status.ChangedNanoseconds}")
        : "";
}

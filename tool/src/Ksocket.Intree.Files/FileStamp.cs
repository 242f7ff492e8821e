// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Files;

/// <summary>
/// Identifies the file at a path and its last change. Size and mtime are not enough: both can be set, and are equal
/// for every file of an archive with clamped times. Inode and ctime cannot be set.
/// </summary>
public static class FileStamp
{
    /// <summary>A string that differs if the file was replaced or changed; empty if it cannot be read.</summary>
    public static string Of(string path) =>
        Native.StatX(Native.CurrentFolder, Native.Name(ByteString.OfText(path)), Native.NoFollow, FileStatus.Basic, out var status) == 0
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{status.Inode} {status.ChangedSeconds}.{status.ChangedNanoseconds}")
            : "";
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ksocket.Intree.Testing;

/// <summary>Every name, kind, mode, link target and byte below a folder, as one hash.</summary>
public static class FolderDigest
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = 0 };

    public static string Of(string folder)
    {
        var entries = new DirectoryInfo(folder).EnumerateFileSystemInfos("*", Everything)
            .OrderBy(entry => entry.FullName, StringComparer.Ordinal)
            .AsParallel().AsOrdered()
            .Select(entry => Line(entry, folder));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in entries)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(line));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Line(FileSystemInfo entry, string folder)
    {
        var name = Path.GetRelativePath(folder, entry.FullName);
        if (entry.LinkTarget is { } target)
        {
            return $"link {name} {target}\n";
        }

        var mode = string.Create(CultureInfo.InvariantCulture, $"{(int)entry.UnixFileMode}");
        return entry is DirectoryInfo ? $"folder {name} {mode}\n" : $"file {name} {mode} {HashOf(entry.FullName)}\n";
    }

    private static string HashOf(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
}

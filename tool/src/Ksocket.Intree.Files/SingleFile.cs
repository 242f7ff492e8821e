// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Files;

/// <summary>A file outside the tree, such as the .config of an output folder: read whole, and replaced at once or not at all.</summary>
public static class SingleFile
{
    public static ByteString Read(string path) => IoFailures.Try(path, () => new ByteString(File.ReadAllBytes(path)));

    /// <summary>False for a folder, a FIFO or a device, which must not be opened to find out; links are followed.</summary>
    public static bool IsRegular(string path) =>
        Native.StatX(Native.CurrentFolder, Native.Name(ByteString.OfText(path)), flags: 0, FileStatus.Basic, out var status) == 0
        && status.IsRegular;

    /// <summary>Replaces an existing file; its owner and mode stay. A link is replaced at what it leads to.</summary>
    public static void Replace(string path, ByteString bytes) => IoFailures.Try(path, () =>
    {
        var real = RealPath.Of(path);
        using var folder = OpenFolder.Open(Path.GetDirectoryName(real)!);
        var name = ByteString.OfText(Path.GetFileName(real));
        var temporary = ByteString.OfText($".{Path.GetFileName(real)}.ksocket-intree.tmp");
        var there = folder.Look(name) ?? throw new FileNotFoundException($"{path} is gone");
        try
        {
            using (var staged = new StagedFiles())
            {
                staged.Write(folder, temporary, bytes, there, there.Permissions);
                staged.Sync();
            }

            folder.Rename(temporary, name);
        }
        catch
        {
            folder.Delete(temporary);
            throw;
        }

        folder.Sync();
    });
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Mail;
using Ksocket.Intree.Core.Series;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Files;

/// <summary>A folder that holds a series: its patches, its cover letter and the quilt series file, and nothing else.</summary>
public static class SeriesFolder
{
    private static readonly ByteString Ending = ByteString.Of(".ksocket-intree.tmp"u8);

    /// <summary>Every regular file of the folder by name, without temporary files.</summary>
    public static IReadOnlyDictionary<string, ByteString> Read(string folder) => IoFailures.Try(folder, () =>
    {
        using var open = OpenFolder.Open(folder);
        var files = new Dictionary<string, ByteString>(StringComparer.Ordinal);
        foreach (var name in open.Names().Where(name => !name.EndsWith(Ending.Span)))
        {
            if (open.Look(name) is { IsRegular: true } status)
            {
                var bytes = RegularFile.Read(open, name, status, KernelTree.LongestFile);
                files.Add(name.ToString(), bytes ?? throw TooLong(open.PathOf(name)));
            }
        }

        return files;
    });

    /// <summary>The series file of a folder; null if there is none.</summary>
    public static SeriesFile? IndexOf(string folder, IReadOnlyDictionary<string, ByteString> files) =>
        files.TryGetValue(SeriesFile.Name, out var bytes) ? SeriesFileReader.Read(Path.Combine(folder, SeriesFile.Name), bytes) : null;

    /// <summary>Refuses a path that is not a folder, or a folder with files that are not of a series.</summary>
    public static void RefuseForeign(string folder)
    {
        if (File.Exists(folder))
        {
            throw IntreeFailure.InTheWay(
                $"{folder} is a file, but a series needs a folder",
                "name another place: -o DIR");
        }

        if (!Directory.Exists(folder))
        {
            return;
        }

        var files = Read(folder);
        IoFailures.Try(folder, () =>
        {
            using var open = OpenFolder.Open(folder);
            foreach (var name in open.Names().Order().Where(name => !name.EndsWith(Ending.Span)))
            {
                if (!files.TryGetValue(name.ToString(), out var bytes) || !IsOfSeries(name, bytes))
                {
                    throw Foreign(open.PathOf(name));
                }
            }
        });
    }

    /// <summary>
    /// Replaces the series in a folder: all files are first written under temporary names, so that a full disk leaves the
    /// old series intact. Patches of another revision stay.
    /// </summary>
    public static void Write(string folder, PatchSeries series)
    {
        using var interruption = Interruption.Hold();
        var existed = Directory.Exists(folder);
        IoFailures.Try(folder, () =>
        {
            Directory.CreateDirectory(folder);
            using var open = OpenFolder.Open(folder);
            try
            {
                var before = IndexOf(folder, Read(folder));
                Write(open, series, interruption);
                foreach (var gone in Replaced(before, series))
                {
                    open.Delete(ByteString.OfText(gone));
                }
            }
            catch (Exception error) when (error is IOException or IntreeFailure or OperationCanceledException)
            {
                foreach (var file in series.Files)
                {
                    open.Delete(Staged(file));
                }

                if (!existed && open.Names().Count == 0)
                {
                    Directory.Delete(folder);
                }

                throw;
            }
        });
    }

    private static void Write(OpenFolder folder, PatchSeries series, Interruption interruption)
    {
        using var staged = new StagedFiles();
        var owner = folder.Look(default)!.Value;
        foreach (var file in series.Files)
        {
            interruption.ThrowIfRequested();
            staged.Write(folder, Staged(file), file.Bytes, owner, 0x1A4);
        }

        staged.Sync();
        interruption.ThrowIfRequested();
        foreach (var file in series.Files)
        {
            folder.Rename(Staged(file), ByteString.OfText(file.FileName));
        }
    }

    /// <summary>The old patches of the same revision that the new series does not have.</summary>
    private static IEnumerable<string> Replaced(SeriesFile? before, PatchSeries series) =>
        before is not null && before.Envelope.Revision == series.Index.Envelope.Revision
            ? before.Patches.Except(series.Files.Select(file => file.FileName))
            : [];

    private static ByteString Staged(Letter file) => ByteString.Concat(ByteString.OfText(file.FileName), Ending);

    private static bool IsOfSeries(ByteString name, ByteString bytes) =>
        name.Equals("series"u8)
            ? SeriesFileReader.IsOurs(bytes)
            : name.EndsWith(".patch"u8) && bytes.StartsWith(ByteString.OfText(Envelope.FirstLine).Span);

    private static IntreeFailure Foreign(string path) => IntreeFailure.InTheWay(
        $"{path} is not part of a series of ksocket-intree",
        "name an empty folder, or one that holds a series: -o DIR");

    private static IntreeFailure TooLong(string path) => IntreeFailure.NotUnderstood(
        $"{path} is longer than {KernelTree.LongestFile} bytes",
        "no mail of a series is that long; move it away");
}

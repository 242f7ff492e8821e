// SPDX-License-Identifier: GPL-2.0-only
using System.Text;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Mail;
using Ksocket.Intree.Core.Series;

namespace Ksocket.Intree.Files;

/// <summary>A folder that holds a series: its patches, its cover letter and the quilt series file, and nothing else.</summary>
public static class SeriesFolder
{
    private const string Ending = ".ksocket-intree.tmp";

    /// <summary>Every file of the folder by name, each char one byte.</summary>
    public static IReadOnlyDictionary<string, string> Read(string folder) => Machine.Try(folder, () =>
        Directory.EnumerateFiles(folder).Where(path => !path.EndsWith(Ending, StringComparison.Ordinal))
            .ToDictionary(path => Path.GetFileName(path), path => Encoding.Latin1.GetString(File.ReadAllBytes(path)), StringComparer.Ordinal));

    /// <summary>Refuses a place where something lies that no series put there.</summary>
    public static void RefuseForeign(string folder)
    {
        if (File.Exists(folder))
        {
            throw IntreeFailure.InTheWay($"{folder} is a file, where the folder of a series belongs", "name another place: -o DIR");
        }

        if (!Directory.Exists(folder))
        {
            return;
        }

        if (Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal).FirstOrDefault() is { } inner)
        {
            throw Foreign(folder, Path.GetFileName(inner));
        }

        foreach (var (name, text) in Read(folder).OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            if (!(name == SeriesFile.Name ? SeriesFile.TryRead(text) is not null : name.EndsWith(".patch", StringComparison.Ordinal) && text.StartsWith(Envelope.FirstLine, StringComparison.Ordinal)))
            {
                throw Foreign(folder, name);
            }
        }
    }

    /// <summary>
    /// Writes a series in place of the one there: all of it beside its place first, so that a full disk leaves the old
    /// one whole. Patches of another revision stay.
    /// </summary>
    public static void Write(string folder, PatchSeries series)
    {
        using var held = Interruption.Hold();
        var existed = Directory.Exists(folder);
        List<string> staged = [];
        try
        {
            Machine.Try(folder, () =>
            {
                Directory.CreateDirectory(folder);
                var old = File.Exists(Path.Combine(folder, SeriesFile.Name)) ? SeriesFile.TryRead(Read(folder)[SeriesFile.Name]) : null;
                foreach (var file in series.Files)
                {
                    staged.Add(Path.Combine(folder, file.FileName + Ending));
                    File.WriteAllBytes(staged[^1], Encoding.Latin1.GetBytes(file.Text));
                }

                staged.ForEach(path => File.Move(path, path[..^Ending.Length], overwrite: true));
                if (old is not null && old.Envelope.Revision == series.Index.Envelope.Revision)
                {
                    foreach (var gone in old.Patches.Except(series.Files.Select(file => file.FileName)))
                    {
                        File.Delete(Path.Combine(folder, gone));
                    }
                }
            });
        }
        catch (IntreeFailure)
        {
            staged.ForEach(File.Delete);
            if (!existed && Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
            {
                Directory.Delete(folder);
            }

            throw;
        }
    }

    private static IntreeFailure Foreign(string folder, string name) => IntreeFailure.InTheWay(
        $"{Path.Combine(folder, name)} is no part of a series of ksocket-intree",
        "name an empty folder, or one that holds a series: -o DIR");
}

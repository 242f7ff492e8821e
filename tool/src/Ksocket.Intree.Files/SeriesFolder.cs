// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Mail;
using Ksocket.Intree.Core.Series;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Files;

/// <summary>
/// A folder that holds a series: its mails, and in the subfolder meta the series file and what the sender wrote. What
/// editors leave in it is ignored.
/// </summary>
public static class SeriesFolder
{
    private static readonly ByteString Meta = ByteString.OfText(SeriesFile.Folder);
    private static readonly ByteString Former = ByteString.OfText(SeriesFile.FormerName);

    /// <summary>Whether a folder holds a series, in the layout of this release or of an earlier one.</summary>
    public static bool IsSeries(string folder) =>
        File.Exists(Path.Combine(folder, SeriesFile.Name)) || File.Exists(Path.Combine(folder, SeriesFile.FormerName));

    /// <summary>Every regular file of the folder and of its meta, by its path in the folder, without temporary files.</summary>
    public static IReadOnlyDictionary<string, ByteString> Read(string folder) => IoFailures.Try(folder, () =>
    {
        using var open = OpenFolder.Open(folder);
        using var meta = open.TryOpen(Meta);
        var files = new Dictionary<string, ByteString>(StringComparer.Ordinal);
        Read(open, "", files);
        if (meta is not null)
        {
            Read(meta, SeriesFile.Folder + "/", files);
        }

        return files;
    });

    /// <summary>The series file of a folder; null if there is none.</summary>
    public static SeriesFile? IndexOf(string folder, IReadOnlyDictionary<string, ByteString> files) =>
        ((string[])[SeriesFile.Name, SeriesFile.FormerName]).FirstOrDefault(files.ContainsKey) is { } name
            ? SeriesFileReader.Read(Path.Combine(folder, name), files[name])
            : null;

    /// <summary>Refuses a path that is not a folder, and a folder with files that are not of this revision of a series.</summary>
    public static void RefuseForeign(string folder, int? revision)
    {
        if (File.Exists(folder))
        {
            throw IntreeFailure.InTheWay($"{folder} is a file, but a series needs a folder", "name another place: -o DIR");
        }

        if (!Directory.Exists(folder))
        {
            return;
        }

        var files = Read(folder);
        IoFailures.Try(folder, () =>
        {
            using var open = OpenFolder.Open(folder);
            foreach (var name in NamesIn(open))
            {
                if (!(files.TryGetValue(name.ToString(), out var bytes) ? IsOfSeries(name, bytes) : name == Meta && IsOurs(files)))
                {
                    throw Foreign(open.PathOf(name));
                }
            }
        });
        if (IndexOf(folder, files) is { } there && (there.Envelope.Revision ?? 1) != (revision ?? 1))
        {
            throw IntreeFailure.InTheWay(
                $"{folder} holds revision {there.Envelope.Revision ?? 1} of a series; each revision has a folder of its own",
                "name another folder: -o DIR");
        }
    }

    /// <summary>
    /// Replaces the series in a folder: all files are first written under temporary names, so that a full disk leaves the
    /// old series intact. Files of the sender in meta stay, and a mail that was edited by hand is kept there.
    /// </summary>
    /// <param name="isRecorded">Whether to record what is written; a folder with a record has one afterwards in any case.</param>
    /// <returns>A warning for each mail that was edited by hand.</returns>
    public static IReadOnlyList<string> Write(string folder, PatchSeries series, bool isRecorded)
    {
        using var interruption = Interruption.Hold();
        var existed = Directory.Exists(folder);
        return IoFailures.Try(folder, () =>
        {
            Directory.CreateDirectory(folder);
            using var open = OpenFolder.Open(folder);
            var before = Read(folder);
            var hadMeta = open.Look(Meta) is not null;
            try
            {
                if (!hadMeta)
                {
                    open.MakeFolder(Meta);
                }

                using var meta = open.TryOpen(Meta) ?? throw Foreign(open.PathOf(Meta));
                var edited = WrittenMails.EditedIn(before, series);
                var record = isRecorded || before.ContainsKey(WrittenMails.Name) ? [WrittenMails.FileOf(series)] : (Letter[])[];
                StagedSeries.Write(open, meta, series, [.. edited.Select(one => one.Kept), .. record], before, interruption);
                foreach (var gone in Replaced(IndexOf(folder, before), before, series))
                {
                    (gone.Contains('/', StringComparison.Ordinal) ? meta : open).Delete(ByteString.OfText(Path.GetFileName(gone)));
                }

                return edited.Select(one => Kept(folder, one.Edited, one.Kept)).ToList();
            }
            catch (Exception error) when (error is IOException or IntreeFailure or OperationCanceledException)
            {
                _ = hadMeta || open.DeleteIfEmpty(Meta);
                if (!existed && open.Names().Count == 0)
                {
                    Directory.Delete(folder);
                }

                throw;
            }
        });
    }

    private static void Read(OpenFolder folder, string prefix, Dictionary<string, ByteString> files)
    {
        foreach (var name in NamesIn(folder))
        {
            if (folder.Look(name) is { IsRegular: true } status)
            {
                var bytes = RegularFile.Read(folder, name, status, KernelTree.LongestFile);
                files.Add(prefix + name, bytes ?? throw TooLong(folder.PathOf(name)));
            }
        }
    }

    private static IEnumerable<ByteString> NamesIn(OpenFolder folder) =>
        folder.Names().Where(name => !StagedSeries.IsStaged(name) && !EditorFiles.Contains(name)).Order();

    /// <summary>The old mails and generated texts that the new series does not have, and the series file of an earlier release.</summary>
    private static IEnumerable<string> Replaced(SeriesFile? before, IReadOnlyDictionary<string, ByteString> files, PatchSeries series) =>
        before is null ? [] : before.Patches
            .Append(before.Envelope.FileName(0, CoverLetter.FileSubject))
            .Concat([SeriesFile.FormerName, SenderTexts.ProvedName, SenderTexts.RangeDiffName, ReceivedTrailers.Name])
            .Where(files.ContainsKey)
            .Except(series.Files.Select(file => file.FileName));

    private static string Kept(string folder, string name, Letter kept) =>
        $"warning: {Path.Combine(folder, name)} was edited by hand, and is written anew; the edited one is {kept.FileName}. "
            + $"Your texts belong into {SenderTexts.CoverName}, {SenderTexts.NotesName("TOPIC")} and {SenderTexts.TrailersName("TOPIC")}";

    private static bool IsOurs(IReadOnlyDictionary<string, ByteString> files) =>
        files.TryGetValue(SeriesFile.Name, out var index) && SeriesFileReader.IsOurs(index);

    private static bool IsOfSeries(ByteString name, ByteString bytes) =>
        name == Former
            ? SeriesFileReader.IsOurs(bytes)
            : name.EndsWith(".patch"u8) && bytes.StartsWith(ByteString.OfText(Envelope.FirstLine).Span);

    private static IntreeFailure Foreign(string path) => IntreeFailure.InTheWay(
        $"{path} is not part of a series of ksocket-intree",
        "name an empty folder, or one that holds a series: -o DIR");

    private static IntreeFailure TooLong(string path) => IntreeFailure.NotUnderstood(
        $"{path} is longer than {KernelTree.LongestFile} bytes",
        "no mail of a series is that long; move it away");
}

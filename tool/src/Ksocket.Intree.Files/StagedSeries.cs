// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Mail;
using Ksocket.Intree.Core.Series;

namespace Ksocket.Intree.Files;

/// <summary>Writes the files of a series: each under a temporary name, then, when all are on the disk, under its own.</summary>
internal static class StagedSeries
{
    private const uint Mode = 0x1A4; // 0644

    private static readonly ByteString Ending = ByteString.Of(".ksocket-intree.tmp"u8);

    public static bool IsStaged(ByteString name) => name.EndsWith(Ending.Span);

    /// <param name="more">Further files.</param>
    /// <param name="before">The files that are there: a proposal for a text of the sender is not written over one.</param>
    public static void Write(
        OpenFolder folder,
        OpenFolder meta,
        PatchSeries series,
        IEnumerable<Letter> more,
        IReadOnlyDictionary<string, ByteString> before,
        Interruption interruption)
    {
        var files = series.Files.Concat(series.Proposals.Where(text => !before.ContainsKey(text.FileName))).Concat(more).ToList();
        try
        {
            using (var staged = new StagedFiles())
            {
                var owner = folder.Look(default)!.Value;
                foreach (var file in files)
                {
                    interruption.ThrowIfRequested();
                    staged.Write(FolderOf(file), Staged(file), file.Bytes, owner, Mode);
                }

                staged.Sync();
            }

            interruption.ThrowIfRequested();
            files.ForEach(file => FolderOf(file).Rename(Staged(file), NameOf(file)));
        }
        catch (Exception error) when (error is IOException or IntreeFailure or OperationCanceledException)
        {
            files.ForEach(file => FolderOf(file).Delete(Staged(file)));
            throw;
        }

        OpenFolder FolderOf(Letter file) => IsMeta(file) ? meta : folder;
    }

    private static bool IsMeta(Letter file) => file.FileName.Contains('/', StringComparison.Ordinal);

    private static ByteString NameOf(Letter file) => ByteString.OfText(Path.GetFileName(file.FileName));

    private static ByteString Staged(Letter file) => ByteString.Concat(NameOf(file), Ending);
}

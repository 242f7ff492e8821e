// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Mail;

namespace Ksocket.Intree.Core.Series;

/// <summary>
/// The file that says which bytes the mails had when they were written, as sha256sum(1) prints it. A mail with other bytes was
/// edited by hand; it is kept under another name before it is written anew.
/// </summary>
public static class WrittenMails
{
    public const string Name = SeriesFile.Folder + "/written";

    private const string KeptPrefix = SeriesFile.Folder + "/edited.";
    private const int ShortDigest = 8;

    public static Letter FileOf(PatchSeries series) => new(
        Name,
        [ByteString.OfText(string.Concat(series.Letters.Select(letter => $"{Digest.Sha256(letter.Bytes)}  {letter.FileName}\n")))]);

    /// <summary>The mails that were edited by hand and that a new series does not have in this form, by their old names.</summary>
    /// <param name="files">The files of the folder, by their path in it.</param>
    /// <returns>Each with a name that no other text has; none if the folder has no record of what was written.</returns>
    public static ImmutableArray<(string Edited, Letter Kept)> EditedIn(IReadOnlyDictionary<string, ByteString> files, PatchSeries series)
    {
        var today = series.Letters.ToDictionary(letter => letter.FileName, letter => letter.Bytes, StringComparer.Ordinal);
        return
        [
            .. from line in files.TryGetValue(Name, out var record) ? ByteLines.Of(record).Select(line => line.Text.Split("  ", 2)) : []
               where line.Length == 2 && files.ContainsKey(line[1])
               let bytes = files[line[1]]
               let digest = Digest.Sha256(bytes)
               where digest != line[0] && !(today.TryGetValue(line[1], out var other) && other == bytes)
               select (line[1], new Letter($"{KeptPrefix}{digest[..ShortDigest]}.{line[1]}", [bytes])),
        ];
    }
}

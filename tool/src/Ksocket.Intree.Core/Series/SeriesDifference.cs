// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Core.Series;

/// <summary>The first place where a stored series differs from a newly generated one.</summary>
/// <param name="Line">From 1; null if a whole file is missing or unexpected.</param>
public sealed record SeriesDifference(string File, int? Line, string What)
{
    public override string ToString() => Line is null ? $"{File}: {What}" : $"{File}:{Line}: {What}";

    /// <summary>
    /// Null if there is none. The index is compared last: a changed patch is a better report than a changed driver hash.
    /// </summary>
    public static SeriesDifference? First(IReadOnlyDictionary<string, ByteString> stored, PatchSeries today)
    {
        foreach (var file in today.Files)
        {
            if (!stored.TryGetValue(file.FileName, out var bytes))
            {
                return new SeriesDifference(file.FileName, null, "is not there");
            }

            if (!file.Is(bytes))
            {
                return In(file.FileName, ByteLines.Of(bytes), ByteLines.Of(file.Bytes));
            }
        }

        var wanted = today.Files.Select(file => file.FileName).ToHashSet(StringComparer.Ordinal);
        return stored.Keys.Order(StringComparer.Ordinal).FirstOrDefault(name => !wanted.Contains(name) && !IsOfSender(name)) is { } extra
            ? new SeriesDifference(extra, null, "does not belong to the series")
            : null;
    }

    /// <summary>Whether a file is the sender's: any in meta but the series file.</summary>
    private static bool IsOfSender(string name) =>
        name != SeriesFile.Name && name.StartsWith(SeriesFile.Folder + "/", StringComparison.Ordinal);

    private static SeriesDifference In(string file, IReadOnlyList<ByteLine> stored, IReadOnlyList<ByteLine> today)
    {
        var at = 0;
        while (at < stored.Count
            && at < today.Count
            && stored[at].Bytes == today[at].Bytes
            && stored[at].HasNewline == today[at].HasNewline)
        {
            at++;
        }

        return new SeriesDifference(file, at + 1, $"stored '{TextAt(stored, at)}', today '{TextAt(today, at)}'");
    }

    private static string TextAt(IReadOnlyList<ByteLine> lines, int at) => at < lines.Count ? lines[at].Text : "";
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using System.Globalization;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Mail;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Series;

/// <summary>
/// Reads what <see cref="SeriesFileWriter"/> wrote. The file may have been edited, so each value is checked, and an
/// error names its line. Comments with unknown keys are ignored.
/// </summary>
public sealed class SeriesFileReader
{
    private readonly string _name;
    private readonly List<Entry> _entries = [];
    private readonly ImmutableArray<string>.Builder _patches = ImmutableArray.CreateBuilder<string>();

    private SeriesFileReader(string name) => _name = name;

    private sealed record Entry(int Line, string Key, string Value);

    /// <summary>Whether a file is a series file of ksocket-intree, judged by its first line.</summary>
    public static bool IsOurs(ByteString file) => file.StartsWith("# ksocket-intree series, format "u8);

    /// <param name="name">The file's name in messages.</param>
    public static SeriesFile Read(string name, ByteString file)
    {
        var reader = new SeriesFileReader(name);
        foreach (var line in ByteLines.Of(file))
        {
            reader.Take(line);
        }

        return new SeriesFile(reader.Provenance(), reader.Envelope(), reader._patches.ToImmutable());
    }

    private void Take(ByteLine line)
    {
        var text = line.Bytes.TryToText() ?? throw Wrong(line.Number, "the line is not UTF-8");
        if (line.Number == 1)
        {
            _ = text is SeriesFileWriter.FirstLine or SeriesFileWriter.FirstLineWith
                ? 0
                : throw Wrong(1, $"the first line is '{text}', not '{SeriesFileWriter.FirstLine}'");
        }
        else if (text.StartsWith('#'))
        {
            if (text.StartsWith("# ", StringComparison.Ordinal) && text.IndexOf(": ", StringComparison.Ordinal) is var colon and > 0)
            {
                _entries.Add(new Entry(line.Number, text[2..colon], text[(colon + 2)..]));
            }
        }
        else if (text.Length > 0)
        {
            _patches.Add(SeriesFile.IsPatchName(text)
                ? text
                : throw Wrong(line.Number, $"'{text}' is not the name of a patch in this folder"));
        }
    }

    private Provenance Provenance() => new(
        Must("kernel").Value,
        Kind(),
        One("origin")?.Value ?? "",
        One("driver") is null && One("with") is not null ? "" : Driver(Must("driver")),
        [.. PartsOf(Must("parts"))],
        Features(),
        [.. All("pre-image").Select(PreImageOf)])
    {
        With = [.. All("with").Select(WithOf)],
    };

    private SeriesDriver WithOf(Entry entry) =>
        entry.Value.Split(' ', 2) is [var hash, var folder]
            && IsId(hash)
            && TreePath.TryParse(ByteString.OfText(folder)) is { } place
            && DriverFolder.IsPlace(place)
            ? new SeriesDriver(place, hash)
            : throw Wrong(entry, "is not 'SHA-256 FOLDER'");

    private Envelope Envelope() => new(PersonOf("author") ?? Person.Project, Date() ?? Release.Date)
    {
        SignedOffBy = PersonOf("signed-off-by"),
        Maintainers = [.. All("maintainer").Select(PersonOf)],
        Prefix = One("subject-prefix")?.Value ?? "PATCH",
        Revision = Revision(),
        To = [.. All("to").Select(entry => entry.Value)],
        Cc = [.. All("cc").Select(entry => entry.Value)],
        BaseCommit = BaseCommit(),
        CoverLetter = One("cover-letter") is not null,
        Signature = string.Join('\n', All("signature").Select(entry =>
            entry.Value.StartsWith('|') ? entry.Value[1..] : throw Wrong(entry, "does not start with '|'"))),
    };

    private ImmutableArray<RecordedFeature> Features()
    {
        var features = ImmutableArray.CreateBuilder<RecordedFeature>();
        foreach (var entry in _entries)
        {
            if (entry.Key == "feature")
            {
                features.Add(entry.Value.Split(' ') is [var name, var variant]
                    ? new RecordedFeature(name, variant, [])
                    : throw Wrong(entry, "is not 'NAME VARIANT'"));
            }
            else if (entry.Key == "evidence")
            {
                features[^1] = features.Count > 0
                    ? features[^1] with { Evidence = features[^1].Evidence.Add(entry.Value) }
                    : throw Wrong(entry, "comes before any feature");
            }
        }

        return features.ToImmutable();
    }

    private IEnumerable<Part> PartsOf(Entry entry) =>
        from word in entry.Value.Split(',')
        let part = Parts.All.Cast<Part?>().FirstOrDefault(part => part!.Value.Word() == word)
        select part ?? throw Wrong(
            entry,
            $"names a part '{word}', and the parts are {string.Join(", ", Parts.All.Select(known => known.Word()))}");

    private PreImage PreImageOf(Entry entry) =>
        entry.Value.Split(' ', 2) is [var blob, var path] && IsId(blob) && TreePath.TryParse(ByteString.OfText(path)) is { } inside
            ? new PreImage(inside, blob)
            : throw Wrong(entry, "is not 'BLOB PATH'");

    private string Driver(Entry entry) =>
        entry.Value.Length == 64 && entry.Value.All(char.IsAsciiHexDigitLower)
            ? entry.Value
            : throw Wrong(entry, "is not a SHA-256");

    private TreeKind Kind() =>
        One("kind") is not { } entry ? TreeKind.Unknown
        : Enum.TryParse<TreeKind>(entry.Value, ignoreCase: true, out var kind)
            && Enum.IsDefined(kind)
            && !char.IsAsciiDigit(entry.Value[0]) ? kind
        : throw Wrong(entry, "is none of unknown, vanilla, distribution and fork");

    private DateTimeOffset? Date() =>
        One("date") is not { } entry ? null
        : DateTimeOffset.TryParse(
            entry.Value,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var date) ? date
        : throw Wrong(entry, "is not a date (ISO 8601)");

    private int? Revision() =>
        One("revision") is not { } entry ? null
        : int.TryParse(entry.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is >= 1 and <= 9999 ? number
        : throw Wrong(entry, "is not a number from 1 to 9999");

    private string? BaseCommit() =>
        One("base-commit") is not { } entry ? null
        : IsId(entry.Value) ? entry.Value
        : throw Wrong(entry, "is not a commit id");

    private Person? PersonOf(string key) =>
        One(key) is { } entry ? PersonOf(entry) : null;

    private Person PersonOf(Entry entry) => Person.TryParse(entry.Value) ?? throw Wrong(entry, "is not 'Name <mail@host>'");

    private static bool IsId(string text) => text.Length is 40 or 64 && text.All(char.IsAsciiHexDigitLower);

    private Entry? One(string key) => _entries.Find(entry => entry.Key == key);

    private Entry Must(string key) => One(key) ?? throw Wrong(1, $"there is no line '# {key}: ...'");

    private IEnumerable<Entry> All(string key) => _entries.Where(entry => entry.Key == key);

    private IntreeFailure Wrong(Entry entry, string what) => Wrong(entry.Line, $"the {entry.Key} '{entry.Value}' {what}");

    private IntreeFailure Wrong(int line, string what) => IntreeFailure.NotUnderstood(
        $"{_name}:{line}: {what}",
        "make the series again: ksocket-intree series TREE -o DIR");
}

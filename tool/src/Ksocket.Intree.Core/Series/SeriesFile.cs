// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Mail;

namespace Ksocket.Intree.Core.Series;

/// <summary>
/// The file that quilt reads (quilt(1): one patch a line, '#' starts a comment), and in its comments where the series
/// comes from and what its sender decided. Its lines are "# key: value", in a fixed order.
/// </summary>
public sealed record SeriesFile(Provenance Provenance, Envelope Envelope, ImmutableArray<string> Patches)
{
    public const string Name = "series";

    private const string FirstLine = "# ksocket-intree series, format 1";

    public string Text()
    {
        var text = new StringBuilder(FirstLine).Append('\n');
        Line("kernel", Provenance.Kernel);
        Line("kind", Provenance.Kind.ToString().ToLowerInvariant());
        Line("origin", Provenance.Origin);
        Line("driver", Provenance.Driver);
        Line("parts", string.Join(',', Provenance.Parts.Select(part => part.Word())));
        foreach (var feature in Provenance.Features)
        {
            Line("feature", $"{feature.Name} {feature.Variant}");
            foreach (var evidence in feature.Evidence)
            {
                Line("evidence", evidence);
            }
        }

        foreach (var image in Provenance.PreImages)
        {
            Line("pre-image", $"{image.Blob} {image.Path}");
        }

        Line("author", Envelope.Author == Person.Project ? "" : Envelope.Author.ToString());
        Line("date", Envelope.Date == Release.Date ? "" : Envelope.Date.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture));
        Line("signed-off-by", Envelope.SignedOffBy?.ToString() ?? "");
        Line("subject-prefix", Envelope.Prefix == "PATCH" ? "" : Envelope.Prefix);
        Line("revision", Envelope.Revision?.ToString(CultureInfo.InvariantCulture) ?? "");
        foreach (var (key, addresses) in ((string, IReadOnlyList<string>)[])[("to", Envelope.To), ("cc", Envelope.Cc)])
        {
            foreach (var address in addresses)
            {
                Line(key, address);
            }
        }

        Line("base-commit", Envelope.BaseCommit ?? "");
        Line("cover-letter", Envelope.CoverLetter ? "yes" : "");
        return Patches.Aggregate(text, (all, patch) => all.Append(patch).Append('\n')).ToString();

        void Line(string key, string value)
        {
            if (value.Length > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"# {key}: {value}\n");
            }
        }
    }

    /// <summary>Reads what <see cref="Text"/> wrote; null where the text is no series file of ours.</summary>
    public static SeriesFile? TryRead(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0 || lines[0] != FirstLine)
        {
            return null;
        }

        try
        {
            return Read(lines);
        }
        catch (Exception error) when (error is FormatException or ArgumentException or InvalidOperationException)
        {
            return null; // changed by hand until it says nothing
        }
    }

    private static SeriesFile Read(string[] lines)
    {
        var entries = lines.Where(line => line.StartsWith("# ", StringComparison.Ordinal) && line.Contains(": ", StringComparison.Ordinal))
            .Select(line => line[2..].Split(": ", 2)).Select(pair => (Key: pair[0], Value: pair[1])).ToList();
        var features = ImmutableArray.CreateBuilder<RecordedFeature>();
        foreach (var (key, value) in entries)
        {
            if (key == "feature")
            {
                features.Add(new RecordedFeature(value.Split(' ')[0], value.Split(' ')[1], []));
            }
            else if (key == "evidence")
            {
                features[^1] = features[^1] with { Evidence = features[^1].Evidence.Add(value) };
            }
        }

        var provenance = new Provenance(
            One("kernel") ?? throw new FormatException("no kernel"),
            Enum.Parse<TreeKind>(One("kind") ?? "unknown", ignoreCase: true),
            One("origin") ?? "",
            One("driver") ?? throw new FormatException("no driver"),
            [.. (One("parts") ?? "").Split(',').Select(word => Parts.All.Single(part => part.Word() == word))],
            features.ToImmutable(),
            [.. All("pre-image").Select(value => new PreImage(value[(value.IndexOf(' ', StringComparison.Ordinal) + 1)..], value[..value.IndexOf(' ', StringComparison.Ordinal)]))]);
        var envelope = new Envelope(Author("author") ?? Person.Project, One("date") is { } date ? DateTimeOffset.Parse(date, CultureInfo.InvariantCulture) : Release.Date)
        {
            SignedOffBy = Author("signed-off-by"),
            Prefix = One("subject-prefix") ?? "PATCH",
            Revision = One("revision") is { } revision ? int.Parse(revision, CultureInfo.InvariantCulture) : null,
            To = [.. All("to")],
            Cc = [.. All("cc")],
            BaseCommit = One("base-commit"),
            CoverLetter = One("cover-letter") is not null,
        };
        return new SeriesFile(provenance, envelope, [.. lines.Where(line => line[0] != '#')]);

        string? One(string key) => entries.Find(entry => entry.Key == key).Value;
        IEnumerable<string> All(string key) => entries.Where(entry => entry.Key == key).Select(entry => entry.Value);
        Person? Author(string key) => One(key) is { } text ? Person.TryParse(text) ?? throw new FormatException(text) : null;
    }
}

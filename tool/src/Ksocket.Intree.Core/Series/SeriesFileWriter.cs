// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using System.Text;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Mail;

namespace Ksocket.Intree.Core.Series;

/// <summary>Writes a series file: UTF-8, its comments "# key: value" in a fixed order, then one patch per line.</summary>
public static class SeriesFileWriter
{
    internal const string FirstLine = "# ksocket-intree series, format 1";

    /// <summary>Of a series with drivers of the user: an earlier release would make it again without them.</summary>
    internal const string FirstLineWith = "# ksocket-intree series, format 2";

    public static ByteString Write(SeriesFile file)
    {
        var (provenance, envelope) = (file.Provenance, file.Envelope);
        var text = new StringBuilder(provenance.With.IsEmpty ? FirstLine : FirstLineWith).Append('\n');
        Line(text, "kernel", provenance.Kernel);
        Line(text, "kind", provenance.Kind.ToString().ToLowerInvariant());
        Line(text, "origin", provenance.Origin);
        Line(text, "driver", provenance.Driver);
        foreach (var driver in provenance.With)
        {
            Line(text, "with", $"{driver.Hash} {driver.Folder}");
        }

        Line(text, "parts", string.Join(',', provenance.Parts.Select(part => part.Word())));
        foreach (var feature in provenance.Features)
        {
            Line(text, "feature", $"{feature.Name} {feature.Variant}");
            foreach (var evidence in feature.Evidence)
            {
                Line(text, "evidence", evidence);
            }
        }

        foreach (var image in provenance.PreImages)
        {
            Line(text, "pre-image", $"{image.Blob} {image.Path}");
        }

        Line(text, "author", envelope.Author == Person.Project ? "" : envelope.Author.ToString());
        var date = envelope.Date.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);
        Line(text, "date", envelope.Date == Release.Date ? "" : date);
        Line(text, "signed-off-by", envelope.SignedOffBy?.ToString() ?? "");
        foreach (var person in envelope.Maintainers)
        {
            Line(text, "maintainer", person.ToString());
        }

        Line(text, "subject-prefix", envelope.Prefix == "PATCH" ? "" : envelope.Prefix);
        Line(text, "revision", envelope.Revision?.ToString(CultureInfo.InvariantCulture) ?? "");
        foreach (var address in envelope.To)
        {
            Line(text, "to", address);
        }

        foreach (var address in envelope.Cc)
        {
            Line(text, "cc", address);
        }

        Line(text, "base-commit", envelope.BaseCommit ?? "");
        Line(text, "cover-letter", envelope.CoverLetter ? "yes" : "");
        foreach (var line in envelope.Signature.Length > 0 ? envelope.Signature.Split('\n') : [])
        {
            // An empty line of a signature is a line, too.
            Line(text, "signature", $"|{line}");
        }

        return ByteString.OfText(file.Patches.Aggregate(text, (all, patch) => all.Append(patch).Append('\n')).ToString());
    }

    /// <summary>Each entry is one line: a line end in a value would be read back as another entry.</summary>
    private static void Line(StringBuilder text, string key, string value)
    {
        if (value.AsSpan().ContainsAny('\n', '\r', '\0'))
        {
            var shown = value.ReplaceLineEndings(" ").Replace("\0", " ", StringComparison.Ordinal);
            throw IntreeFailure.NotUnderstood(
                $"the {key} of a series is one line of its series file, but '{shown}' has more",
                "remove the line ends from it");
        }

        if (value.Length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"# {key}: {value}\n");
        }
    }
}

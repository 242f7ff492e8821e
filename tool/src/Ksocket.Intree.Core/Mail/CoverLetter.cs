// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using System.Text;
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Core.Mail;

/// <summary>Mail 0 of a series: its purpose, its patches, and a diffstat.</summary>
public static class CoverLetter
{
    public const string FileSubject = "cover letter";

    /// <param name="blurb">Lines about the series, each with its newline.</param>
    /// <param name="afterwards">Text after the diffstat, such as a range-diff; may be empty.</param>
    public static Letter Write(
        string subject,
        string blurb,
        IReadOnlyList<Patch> patches,
        Envelope envelope,
        ByteString afterwards)
    {
        // As git does, from the commits: each of them contains the author's name.
        var names = $"{envelope.Author.Name}{envelope.SignedOffBy?.Name}";
        var isEightBit = !Ascii.IsValid(names + blurb + envelope.Signature)
            || !Ascii.IsValid(afterwards.Span)
            || patches.Any(patch => !Ascii.IsValid(patch.Subject + patch.Body));
        var text = new StringBuilder(envelope.Head(0, patches.Count, subject, isEightBit)).Append(blurb).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"{envelope.Author.Name} ({patches.Count}):\n");
        foreach (var patch in patches)
        {
            text.Append("  ").Append(patch.Subject).Append('\n');
        }

        var files = patches.SelectMany(patch => patch.Files)
            .GroupBy(file => file.Path)
            .OrderBy(group => group.Key)
            .Select(group => group.First() with
            {
                Added = group.Sum(file => file.Added),
                Removed = group.Sum(file => file.Removed),
            })
            .ToList();
        text.Append('\n').Append(DiffStat.Of(files));
        foreach (var file in files.Where(file => file.CreateMode is not null))
        {
            text.Append(CultureInfo.InvariantCulture, $" create mode {file.CreateMode} {file.Path}\n");
        }

        ByteString[] tail = afterwards.IsEmpty ? [] : [ByteString.Of("\n"u8), afterwards];
        return new Letter(
            envelope.FileName(0, FileSubject),
            [ByteString.OfText(text.ToString()), .. tail, ByteString.Of("\n"u8), PatchMail.Base(envelope), PatchMail.Signature(envelope)]);
    }
}

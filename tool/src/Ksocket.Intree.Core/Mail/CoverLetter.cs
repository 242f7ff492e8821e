// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using System.Text;

namespace Ksocket.Intree.Core.Mail;

/// <summary>Mail 0 of a series: what it is for, what is in it, and how much it changes.</summary>
public static class CoverLetter
{
    public const string FileSubject = "cover letter";

    /// <param name="blurb">Lines about the series, each with its newline.</param>
    /// <param name="afterwards">What stands under the figures, such as a range-diff; empty for nothing.</param>
    public static Letter Write(string subject, string blurb, IReadOnlyList<Patch> patches, Envelope envelope, string afterwards = "")
    {
        var text = new StringBuilder(envelope.Head(0, patches.Count, subject, blurb)).Append(blurb).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"{envelope.Author.Name} ({patches.Count}):\n");
        foreach (var patch in patches)
        {
            text.Append("  ").Append(patch.Subject).Append('\n');
        }

        var files = patches.SelectMany(patch => patch.Files).GroupBy(file => file.Path).OrderBy(group => group.Key)
            .Select(group => group.First() with { Added = group.Sum(file => file.Added), Removed = group.Sum(file => file.Removed) }).ToList();
        var created = files.Where(file => file.Created).Select(file => $" create mode 100644 {file.Path}\n");
        var tail = "\n" + DiffStat.Of(files) + string.Concat(created) + (afterwards.Length > 0 ? $"\n{afterwards}" : "") + "\n" + PatchMail.Base(envelope);
        return new Letter(envelope.FileName(0, FileSubject), [PatchMail.Latin1(text.ToString()), tail]);
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Core.Series;

namespace Ksocket.Intree.Core.Sending;

/// <summary>
/// Whether the sender's texts are complete, are in a mail, and are not taken for a patch: git am takes what follows a line such
/// as "diff --git" for one (git-mailinfo(1)), also in a note or a cover letter.
/// </summary>
internal static partial class TextCheck
{
    private const string Name = "text";

    /// <summary>Words that stand for text still to be written.</summary>
    private static readonly string[] Placeholders = ["*** ", "EDITME", "BLURB HERE", "SUBJECT HERE", "TODO", "FIXME", "TBD"];

    public static CheckResult Run(CheckInput input)
    {
        var texts = input.Series.Texts;
        string? wrong = All(texts).Select(text => Fault(text.File, text.Text)).FirstOrDefault(fault => fault is not null);
        wrong ??= texts.Trailers.SelectMany(own => own.Value.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Where(line => !Trailer().IsMatch(line))
                .Select(line => $"{SenderTexts.TrailersName(own.Key)} has '{line}', which is not of the form 'Word-by: text'"))
            .FirstOrDefault();
        return wrong is not null ? CheckResult.Refuse(Name, wrong)
            : !input.Envelope.CoverLetter ? CheckResult.Ok(Name, "nothing is left to fill in")
            : texts.Cover is null or "" ? CheckResult.Refuse(Name, $"{SenderTexts.CoverName} is empty")
            : texts.Cover.Split('\n')[0].Trim().Length == 0
            ? CheckResult.Refuse(Name, $"the first line of {SenderTexts.CoverName}, which is the subject, is empty")
            : CheckResult.Ok(Name, "nothing is left to fill in");
    }

    private static IEnumerable<(string File, string Text)> All(SenderTexts texts) =>
    [
        (SenderTexts.CoverName, texts.Cover ?? ""),
        .. texts.Changes.Select(change => (SenderTexts.ChangesName(change.Key), change.Value)),
        .. texts.Notes.Select(note => (SenderTexts.NotesName(note.Key), note.Value)),
        .. texts.Trailers.Select(own => (SenderTexts.TrailersName(own.Key), own.Value)),
    ];

    private static string? Fault(string file, string text) =>
        Placeholders.FirstOrDefault(word => text.Contains(word, StringComparison.Ordinal)) is { } left
            ? $"{file} still has '{left.Trim()}'"
            : PatchLine().Match(text) is { Success: true } line
            ? $"{file} has the line '{line.Value}', which git am takes for the start of a patch; indent it"
            : null;

    [GeneratedRegex(@"^(?:diff -|Index: |--- |\+\+\+ |@@ -).*$", RegexOptions.Multiline)]
    private static partial Regex PatchLine();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9-]*: \S")]
    private static partial Regex Trailer();
}

// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Mail;
using Ksocket.Intree.Git;
using Ksocket.Intree.Sending;

namespace Ksocket.Intree.Options;

/// <summary>What a sender decides about mails and commits, in the words of git format-patch.</summary>
internal static class EnvelopeOptions
{
    public static readonly Option<Person?> Author = new("--author")
    {
        HelpName = "NAME <MAIL>",
        Description = "Author of the patches; by default the project, with -s the caller",
        CustomParser = result => PersonOf("--author", result.Tokens[0].Value, result),
    };

    public static readonly Option<DateTimeOffset?> Date = new("--date")
    {
        HelpName = "DATE",
        Description = "Date of the patches (ISO 8601); by default SOURCE_DATE_EPOCH or the driver's release",
        CustomParser = ReadDate,
    };

    public static readonly Option<bool> SignOff = new("--signoff", "-s")
    {
        Description = "Add a Signed-off-by with the caller's git identity; never added without this option",
    };

    public static readonly Option<Person[]?> Maintainer = new("--maintainer")
    {
        HelpName = "NAME <MAIL>",
        Description = "Maintainer in the entry of MAINTAINERS; with -s, the caller by default; may be repeated",
        CustomParser = result => [.. result.Tokens.Select(token => PersonOf("--maintainer", token.Value, result)!)],
    };

    public static readonly Option<string?> Prefix = new("--subject-prefix")
    {
        HelpName = "WORDS",
        Description = "Text in the brackets of the subjects, with {line} for the kernel line, such as 6.12; by default that of "
            + "format.subjectPrefix, or PATCH, for several trees 'PATCH {line}'",
    };

    public static readonly Option<int?> Revision = new("--reroll-count", "-v")
    {
        HelpName = "N",
        Description = "Mark the series as its Nth revision",
        CustomParser = result => Number.Read("-v", "a revision", MostRevisions, result),
    };

    public static readonly Option<bool> CoverLetter = new("--cover-letter") { Description = "Also write a cover letter, as patch 0" };

    public static readonly Option<string[]?> To = new("--to")
    {
        HelpName = "ADDRESS",
        Description = "Add a To: header; may be repeated",
    };

    public static readonly Option<string[]?> Cc = new("--cc")
    {
        HelpName = "ADDRESS",
        Description = "Add a Cc: header; may be repeated",
    };

    public static readonly Option<bool> NoGitConfig = new("--no-git-config")
    {
        Description = "Do not use the subject prefix, addresses, signature and other format.* and sendemail.* settings of git",
    };

    public const string LineWord = "{line}";

    private const int MostRevisions = 9999;
    private const long EndOfYear9999 = 253402300800;

    /// <summary>The author, date and sign-off alone: what a commit has too.</summary>
    /// <param name="tree">The tree as its user named it: the identity is that of its repository, as git commit -s has it there.</param>
    /// <param name="signsOff">Whether git's configuration asks for a sign-off.</param>
    public static Envelope ReadCommon(ParseResult parse, string tree, bool signsOff = false)
    {
        var signer = parse.GetValue(SignOff) || signsOff ? Identity.OfCaller(FolderOf(tree)) : null;
        return new Envelope(
            parse.GetValue(Author) ?? signer ?? Person.Project,
            parse.GetValue(Date) ?? SourceDate() ?? Release.Date)
        {
            SignedOffBy = signer,
            Maintainers = parse.GetValue(Maintainer) is { Length: > 0 } named ? named : signer is null ? [] : [signer],
        };
    }

    /// <param name="settings">Those of the repository of the tree.</param>
    /// <param name="isOneOfMany">Whether there are further trees, whose mails must have other subjects.</param>
    /// <param name="needsCover">Whether another option puts something into the cover letter.</param>
    public static Envelope Read(ParseResult parse, string tree, SenderSettings settings, bool isOneOfMany, bool needsCover) =>
        ReadCommon(parse, tree, settings.SignsOff) with
        {
            Prefix = parse.GetValue(Prefix) ?? settings.Prefix ?? (isOneOfMany ? $"PATCH {LineWord}" : "PATCH"),
            Revision = parse.GetValue(Revision),
            CoverLetter = parse.GetValue(CoverLetter) || settings.HasCover || needsCover,
            Signature = settings.Signature,
            To = Addressed(settings.FormatTo, parse.GetValue(To), settings.SendTo),
            Cc = Addressed(settings.FormatCc, parse.GetValue(Cc), settings.SendCc),
        };

    /// <summary>The settings of git in the repository of each tree; none with --no-git-config.</summary>
    public static IReadOnlyList<SenderSettings> Settings(ParseResult parse, IReadOnlyList<string> trees)
    {
        var known = new Dictionary<string, SenderSettings>(StringComparer.Ordinal);
        return [.. trees.Select(tree => parse.GetValue(NoGitConfig) ? SenderSettings.None
            : known.TryGetValue(FolderOf(tree), out var settings) ? settings
            : known[FolderOf(tree)] = SenderSettings.Of(FolderOf(tree)))];
    }

    /// <summary>What git's configuration adds to the envelope, as text; and which of it series does not follow.</summary>
    public static IEnumerable<string> SettingNotes(ParseResult parse, Envelope envelope, SenderSettings settings)
    {
        var added = new List<string>();
        added.AddRange(settings.Prefix is not null && parse.GetValue(Prefix) is null ? ["format.subjectPrefix"] : []);
        added.AddRange(settings.SignsOff && !parse.GetValue(SignOff) ? ["format.signOff"] : []);
        added.AddRange(settings.HasCover && !parse.GetValue(CoverLetter) ? ["format.coverLetter"] : []);
        added.AddRange(settings.Signature.Length > 0 ? ["format.signature"] : []);
        var addresses = settings.FormatTo.Concat(settings.FormatCc).Concat(settings.SendTo).Concat(settings.SendCc)
            .Where(one => envelope.To.Concat(envelope.Cc).Contains(one.Address))
            .Select(one => $"{one.Setting} ({one.Address})");
        added.AddRange(addresses.Distinct());
        return added.Count > 0
            ? settings.Notes.Prepend($"note: from git's configuration: {string.Join(", ", added)}; --no-git-config leaves it aside")
            : settings.Notes;
    }

    /// <summary>As git has it: --to adds to format.to, and replaces sendemail.to.</summary>
    private static IReadOnlyList<string> Addressed(IReadOnlyList<SetAddress> format, string[]? given, IReadOnlyList<SetAddress> send) =>
    [
        .. format.Select(one => one.Address)
            .Concat(given is { Length: > 0 } ? given.Select(text => Addresses.TryNormalize(text)!) : send.Select(one => one.Address))
            .DistinctBy(Addresses.Bare, StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>A warning where patches carry no Signed-off-by: no maintainer takes them so.</summary>
    public static IEnumerable<string> Unsigned(Envelope envelope, string use, string options)
    {
        if (envelope.SignedOffBy is null)
        {
            var author = envelope.Author == Person.Project ? $", and the author is {Person.Project.Mail}" : "";
            yield return $"warning: no Signed-off-by{author}; to {use} these patches, add {options}";
        }
    }

    public static void Validate(CommandResult result)
    {
        if (result.GetValue(Prefix) is { } prefix && prefix.Any(c => c is < ' ' or > '~'))
        {
            result.AddError($"'{prefix}' holds characters that a subject cannot hold unencoded; use ASCII");
        }

        if (result.GetValue(Prefix)?.Replace(LineWord, "", StringComparison.Ordinal) is { } rest && rest.AsSpan().ContainsAny('{', '}'))
        {
            result.AddError($"--subject-prefix: '{result.GetValue(Prefix)}' has braces; {LineWord} is the only word in them");
        }

        foreach (var (option, text) in Given("--to", To).Concat(Given("--cc", Cc)))
        {
            if (Addresses.TryNormalize(text) is null)
            {
                result.AddError($"{option}: '{text}' is not one mail address, such as 'Name <mail@host>'");
            }
        }

        IEnumerable<(string Option, string Text)> Given(string name, Option<string[]?> option) =>
            (result.GetValue(option) ?? []).Select(text => (name, text));
    }

    private static string FolderOf(string tree) =>
        CommitName.TryParse(tree) is { } commit ? commit.Repository : Directory.Exists(tree) ? tree : Environment.CurrentDirectory;

    /// <summary>SOURCE_DATE_EPOCH: seconds since 1970, as reproducible-builds.org specifies it.</summary>
    private static DateTimeOffset? SourceDate()
    {
        var text = Environment.GetEnvironmentVariable("SOURCE_DATE_EPOCH");
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < EndOfYear9999
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : throw IntreeFailure.NotUnderstood(
                $"SOURCE_DATE_EPOCH is '{text}', which is not a number of seconds",
                "unset it, or set it to seconds since 1970");
    }

    private static Person? PersonOf(string option, string text, ArgumentResult result)
    {
        if (Person.TryParse(text) is { } person)
        {
            return person;
        }

        result.AddError($"{option}: '{text}' is not of the form 'Name <mail@host>'");
        return null;
    }

    private static DateTimeOffset? ReadDate(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
        {
            return date;
        }

        result.AddError($"--date: '{text}' is not a date; write it as 2026-11-23 or 2026-11-23T10:00:00+01:00");
        return null;
    }
}

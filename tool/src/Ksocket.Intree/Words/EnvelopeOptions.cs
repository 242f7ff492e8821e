// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Mail;
using Ksocket.Intree.Git;

namespace Ksocket.Intree.Words;

/// <summary>What a sender decides about mails and commits, in the words of git format-patch.</summary>
internal static class EnvelopeOptions
{
    public static readonly Option<Person?> Author = new("--author") { HelpName = "NAME <MAIL>", Description = "Who wrote the patches; the project by default, with -s the caller", CustomParser = ReadPerson };

    public static readonly Option<DateTimeOffset?> Date = new("--date") { HelpName = "DATE", Description = "Their date (ISO 8601); SOURCE_DATE_EPOCH or the driver's release by default", CustomParser = ReadDate };

    public static readonly Option<bool> SignOff = new("--signoff", "-s") { Description = "Add a Signed-off-by with the caller's git identity; the tool never signs by itself" };

    public static readonly Option<string> Prefix = new("--subject-prefix") { HelpName = "WORDS", Description = "What stands in the brackets of the subjects", DefaultValueFactory = _ => "PATCH" };

    public static readonly Option<int?> Revision = new("--reroll-count", "-v") { HelpName = "N", Description = "Mark the series as its Nth revision" };

    public static readonly Option<bool> CoverLetter = new("--cover-letter") { Description = "Also write mail 0, which introduces the series" };

    public static readonly Option<string[]> To = new("--to") { HelpName = "ADDRESS", Description = "Add a To: header; may be repeated", DefaultValueFactory = _ => [] };

    public static readonly Option<string[]> Cc = new("--cc") { HelpName = "ADDRESS", Description = "Add a Cc: header; may be repeated", DefaultValueFactory = _ => [] };

    /// <summary>The author, date and sign-off alone: what a commit has too.</summary>
    public static Envelope ReadCommon(ParseResult parse)
    {
        var signer = parse.GetValue(SignOff) ? Identity.OfCaller(Environment.CurrentDirectory) : null;
        return new Envelope(parse.GetValue(Author) ?? signer ?? Person.Project, parse.GetValue(Date) ?? SourceDate() ?? Release.Date) { SignedOffBy = signer };
    }

    public static Envelope Read(ParseResult parse) => ReadCommon(parse) with
    {
        Prefix = parse.GetRequiredValue(Prefix),
        Revision = parse.GetValue(Revision),
        CoverLetter = parse.GetValue(CoverLetter),
        To = parse.GetRequiredValue(To),
        Cc = parse.GetRequiredValue(Cc),
    };

    public static void Validate(CommandResult result)
    {
        if (result.GetValue(Revision) is < 1)
        {
            result.AddError("-v: the first revision of a series is 1");
        }

        foreach (var text in (string[])[result.GetValue(Prefix) ?? "", .. result.GetValue(To) ?? [], .. result.GetValue(Cc) ?? []])
        {
            if (text.Any(c => c is < ' ' or > '~'))
            {
                result.AddError($"'{text}' has letters that a mail header cannot hold as they are; use ASCII");
            }
        }
    }

    /// <summary>SOURCE_DATE_EPOCH: seconds since 1970, as reproducible-builds.org specifies it.</summary>
    private static DateTimeOffset? SourceDate()
    {
        var text = Environment.GetEnvironmentVariable("SOURCE_DATE_EPOCH");
        return string.IsNullOrEmpty(text) ? null
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 253402300800 ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : throw IntreeFailure.NotUnderstood($"SOURCE_DATE_EPOCH is '{text}', which is no number of seconds", "unset it, or set it to seconds since 1970");
    }

    private static Person? ReadPerson(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (Person.TryParse(text) is { } person)
        {
            return person;
        }

        result.AddError($"--author: '{text}' is not of the form 'Name <mail@host>'");
        return null;
    }

    private static DateTimeOffset? ReadDate(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
        {
            return date;
        }

        result.AddError($"--date: '{text}' is no date; write it as 2026-11-23 or 2026-11-23T10:00:00+01:00");
        return null;
    }
}

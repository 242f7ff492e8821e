// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using System.CommandLine.Parsing;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Mail;
using Ksocket.Intree.Core.Sending;
using Ksocket.Intree.Git;
using Ksocket.Intree.Options;
using Ksocket.Intree.Output;
using Ksocket.Intree.Sending;

namespace Ksocket.Intree.Commands;

/// <summary>Checks a stored series and sends it as mail: every mail, or none.</summary>
internal static class SendCommand
{
    private static readonly Argument<string> FolderArgument = new("DIR") { Description = "The folder of a series" };

    private static readonly Option<string?> TreeOption = new("--tree")
    {
        HelpName = "TREE",
        Description = "Compare recipients and base with this tree, and run its checkpatch.pl",
    };

    private static readonly Option<string[]?> Drop = new("--drop")
    {
        HelpName = "ADDRESS",
        Description = "Do not miss this recipient, whom MAINTAINERS or a Reviewed-by names; may be repeated",
    };

    private static readonly Option<string[]?> Proof = new("--proof")
    {
        HelpName = "FILE",
        Description = "What prove --each-patch --json answered, as evidence that each patch builds; may be repeated",
    };

    private static readonly Option<string?> ListPrefix = new("--list-prefix")
    {
        HelpName = "WORD",
        Description = "The word that the subjects must have for the list; net-next or net by default",
    };

    private static readonly Option<bool> Open = new("--net-next-open") { Description = "Say that net-next takes patches now" };

    private static readonly Option<string[]?> Override = new("--override")
    {
        HelpName = "CHECK",
        Description = "Send although this check refuses; may be repeated",
    };

    private static readonly Option<bool> Strict = new("--strict") { Description = "Refuse on a warning, too" };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Check everything, and do not connect to the server" };

    private static readonly Option<bool> Resume = new("--resume")
    {
        Description = "Send what an interrupted run did not, in the same thread",
    };

    private static readonly Option<bool> Reflect = new("--reflect") { Description = "Send the mails to yourself only" };

    private static readonly Option<string[]?> PreviewTo = new("--preview-to")
    {
        HelpName = "ADDRESS",
        Description = "Send the mails to this address instead of their recipients; may be repeated",
    };

    private static readonly Option<int?> Timeout = new("--timeout")
    {
        HelpName = "SECONDS",
        Description = "How long to wait for an answer of the server; 60 by default",
        CustomParser = result => Number.Read("--timeout", "a number of seconds", 3600, result),
    };

    private const int DefaultTimeout = 60;

    public static Verb Create()
    {
        var verb = new Verb("send", "Check a stored series and send it by mail, all of it or nothing", Run)
        {
            FolderArgument, TreeOption, Drop, Proof, ListPrefix, Open, Override, Strict, DryRun, Resume, Reflect, PreviewTo, Timeout,
        };
        verb.Validators.Add(Validate);
        return verb;
    }

    private static void Validate(CommandResult result)
    {
        var kinds = new[] { result.GetValue(Resume), result.GetValue(Reflect), result.GetValue(PreviewTo) is { Length: > 0 } };
        if (kinds.Count(given => given) > 1)
        {
            result.AddError("--resume, --reflect and --preview-to exclude one another");
        }

        if ((result.GetValue(PreviewTo) ?? []).FirstOrDefault(text => Addresses.TryNormalize(text) is null) is { } wrong)
        {
            result.AddError($"--preview-to: '{wrong}' is not one mail address");
        }
    }

    private static VerbOutcome Run(ParseResult parse, Terminal terminal)
    {
        var settings = new SendSettings(GitSettings.All(Environment.CurrentDirectory, "sendemail"));
        var outcome = Run(parse, settings);
        return outcome with
        {
            Notes =
            [
                .. outcome.Notes,
                .. settings.Ignored.Select(
                    one => $"warning: send does not follow {one.Name} of git's configuration, which is '{one.Value}'"),
            ],
        };
    }

    private static VerbOutcome Run(ParseResult parse, SendSettings settings)
    {
        var sending = SendingRun.Open(new SendRequest(
            parse.GetValue(FolderArgument)!,
            Sender(settings),
            settings,
            parse.GetValue(TreeOption),
            parse.GetValue(Drop) ?? [],
            parse.GetValue(Proof) ?? [],
            parse.GetValue(ListPrefix),
            parse.GetValue(Open),
            parse.GetValue(Override) ?? [],
            parse.GetValue(Strict),
            parse.GetValue(Resume),
            parse.GetValue(Reflect),
            [.. (parse.GetValue(PreviewTo) ?? []).Select(text => Addresses.TryNormalize(text)!)],
            IsDryRun: parse.GetValue(DryRun)));
        if (sending.Checks.Count(check => check.Verdict == Verdict.Refusal) is var refusals and > 0)
        {
            return sending.Outcome(ExitCode.NotProven) with
            {
                Failure = IntreeFailure.NotProven(
                    $"{refusals} of {sending.Checks.Count} checks refuse the series; nothing was sent",
                    "correct it, or name a check that may refuse: --override CHECK"),
            };
        }

        if (parse.GetValue(DryRun))
        {
            return sending.Outcome(ExitCode.Done);
        }

        var limit = TimeSpan.FromSeconds(parse.GetValue(Timeout) ?? DefaultTimeout);
        var server = WithPassword(MailSettings.Of(settings));
        using var transport = MailTransport.Open(server, limit);
        return sending.Send(transport, server.EnvelopeSender is { } sender and not "auto" ? sender : null);
    }

    /// <summary>As git send-email: sendemail.from, or else git's identity.</summary>
    private static Person Sender(SendSettings settings) =>
        settings.Value("from") is { } from
            ? Person.TryParse(Addresses.TryNormalize(from) ?? "") ?? throw IntreeFailure.NotUnderstood(
                $"sendemail.from is '{from}', not of the form 'Name <mail@host>'",
                "git config sendemail.from 'Your Name <you@example.org>'")
            : Identity.OfCaller(Environment.CurrentDirectory);

    private static MailSettings WithPassword(MailSettings settings) => settings is { User: { } user, Password: null, Command: null }
        ? settings with
        {
            Password = GitSettings.Password(Environment.CurrentDirectory, "smtp", settings.Place, user)
                ?? throw IntreeFailure.NotUnderstood(
                    $"no password for {user} at {settings.Place}",
                    "store it with a git credential helper, or set sendemail.smtpPass"),
        }
        : settings;
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Security.Cryptography;
using Ksocket.Intree.Answers;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Mail;
using Ksocket.Intree.Core.Sending;
using Ksocket.Intree.Files;
using Ksocket.Intree.Output;
using Ksocket.Intree.Sending;

namespace Ksocket.Intree.Commands;

/// <summary>What the user asked send for.</summary>
/// <param name="IsStrict">Whether a warning refuses, too.</param>
/// <param name="Previews">Addresses that get the mails instead of their recipients.</param>
internal sealed record SendRequest(
    string Folder,
    Person Sender,
    string? Tree,
    string[] Drop,
    string[] Proofs,
    string? ListPrefix,
    bool IsOpen,
    string[] Overrides,
    bool IsStrict,
    bool IsResumed,
    bool IsReflected,
    IReadOnlyList<string> Previews,
    bool IsDryRun)
{
    /// <summary>Whether the mails go to the recipients of the series, which is recorded.</summary>
    public bool IsReal => !IsReflected && Previews.Count == 0;
}

/// <summary>One series on its way: its mails, what the checks say, and its journal.</summary>
internal sealed class SendingRun
{
    private readonly SendRequest _request;
    private readonly StoredSeries _series;
    private readonly SentRecord _record;
    private readonly IReadOnlyList<OutgoingMail> _mails;
    private readonly HashSet<string> _taken;

    private SendingRun(SendRequest request, StoredSeries series, SentRecord record)
    {
        (_request, _series, _record) = (request, series, record);
        _taken = request.IsReal ? [.. record.Done] : [];
        var ids = record.Mails.Select(mail => mail.Id).ToList();
        _mails = OutgoingMail.Build(series, request.Sender, DateTimeOffset.UtcNow, ids, request.Previews);
        Checks = SeriesInspection.Run(request, series, [.. _mails]);
    }

    public IReadOnlyList<CheckResult> Checks { get; }

    private string JournalPath => Path.Combine(_request.Folder, SentRecord.Name);

    private List<string> Recipients => _request.IsReflected ? [_request.Sender.Mail]
        : [.. (_request.Previews.Count > 0 ? _request.Previews : _series.Index.Envelope.To.Concat(_series.Index.Envelope.Cc))
            .Select(Addresses.Bare).Distinct(StringComparer.OrdinalIgnoreCase)];

    public static SendingRun Open(SendRequest request)
    {
        if (!Directory.Exists(request.Folder) || !SeriesFolder.IsSeries(request.Folder))
        {
            throw IntreeFailure.NotUnderstood($"{request.Folder} holds no series", "pass a folder that ksocket-intree series wrote");
        }

        var files = SeriesFolder.Read(request.Folder);
        var series = new StoredSeries(request.Folder, SeriesFolder.IndexOf(request.Folder, files)!, files);
        var sent = files.TryGetValue(SentRecord.Name, out var bytes)
            ? SentRecord.Read(Path.Combine(request.Folder, SentRecord.Name), bytes)
            : null;
        return new SendingRun(request, series, request.IsReal ? Continued(request, series, sent) : Fresh(request, series));
    }

    /// <summary>Sends what was not sent yet. The journal says what was, whatever ends the run.</summary>
    /// <param name="envelopeSender">The address that gets bounces; null for that of the sender.</param>
    public VerbOutcome Send(MailTransport transport, string? envelopeSender)
    {
        var sender = envelopeSender is null ? _request.Sender.Mail : Addresses.Bare(envelopeSender);
        var left = _mails.Where(mail => !_taken.Contains(mail.Id)).ToList();
        if (left.Count > 0)
        {
            transport.Ask(sender, Recipients, left.Max(mail => mail.WireLength));
        }

        using var journal = _request.IsReal ? new Journal(JournalPath) : null;
        if (!_request.IsResumed)
        {
            journal?.Add(_record.Header(_series));
        }

        try
        {
            foreach (var mail in left)
            {
                transport.Send(sender, Recipients, mail.Bytes);
                _taken.Add(mail.Id);
                journal?.Add(SentRecord.Taken(mail.Id, DateTimeOffset.UtcNow));
            }

            journal?.Add(SentRecord.AllTaken(DateTimeOffset.UtcNow));
        }
        catch (IntreeFailure failure)
        {
            var resume = _request.IsReal ? $"; send --resume {_request.Folder} goes on" : "";
            var message = $"{_taken.Count} of {_mails.Count} mails were sent: {failure.Message}{resume}";
            return Outcome(ExitCodes.Of(failure.Kind)) with
            {
                Failure = new IntreeFailure(failure.Kind, message, failure.Hint),
                Changed = true,
            };
        }

        return Outcome(ExitCode.Done) with { Changed = true };
    }

    public VerbOutcome Outcome(ExitCode exit) => VerbOutcome.Of(
        exit,
        terminal => SendText.Write(terminal, Checks, _mails, Recipients, _taken, isShown: _request.IsDryRun || _taken.Count > 0),
        new SendAnswer(
            _request.Folder,
            _request.Sender.ToString(),
            Recipients,
            [.. Checks.Select(check => new CheckAnswer(check.Check, check.Verdict, check.Text))],
            [.. _mails.Select(mail => new MailAnswer(mail.FileName, mail.Id, mail.WireLength, _taken.Contains(mail.Id)))],
            _taken.Count == _mails.Count),
        AnswerJson.Default.SendAnswer);

    private static SentRecord Fresh(SendRequest request, StoredSeries series)
    {
        var now = DateTimeOffset.UtcNow;
        var salt = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
        var ids = OutgoingMail.Ids(series.Letters.Length, request.Sender, now, salt);
        var mails = series.Letters.Zip(ids, (letter, id) => new SentMail(id, letter.FileName));
        return new SentRecord(now, SentRecord.DigestOf(series), request.Sender, [.. mails], [], Finished: null);
    }

    private static SentRecord Continued(SendRequest request, StoredSeries series, SentRecord? sent) => (sent, request.IsResumed) switch
    {
        (null, false) => Fresh(request, series),
        (null, true) => throw IntreeFailure.NotUnderstood($"{request.Folder} has no interrupted sending", "send it without --resume"),
        ({ Finished: { } finished }, _) => throw IntreeFailure.InTheWay(
            $"{request.Folder} was sent at {finished:u}, as {Path.Combine(request.Folder, SentRecord.Name)} records",
            "make the next revision: series -v N"),
        (_, false) => throw IntreeFailure.InTheWay(
            $"{request.Folder}: a sending of {sent.Started:u} was interrupted after {sent.Done.Count} of {sent.Mails.Length} mails",
            "go on with --resume"),
        _ when sent.Digest != SentRecord.DigestOf(series) || sent.Sender != request.Sender => throw IntreeFailure.InTheWay(
            $"{request.Folder}: the series or its sender is not that of the interrupted sending",
            "restore it, or make the next revision: series -v N"),
        _ => sent,
    };
}

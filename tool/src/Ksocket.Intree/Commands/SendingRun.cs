// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Answers;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Sending;
using Ksocket.Intree.Files;
using Ksocket.Intree.Output;
using Ksocket.Intree.Sending;

namespace Ksocket.Intree.Commands;

/// <summary>One series on its way: its mails, what the checks say, and its journal.</summary>
internal sealed class SendingRun
{
    private readonly SendRequest _request;
    private readonly StoredSeries _series;
    private readonly SentRecord _record;
    private readonly IReadOnlyList<OutgoingMail> _mails;
    private readonly HashSet<string> _taken;
    private readonly Additions _additions;

    private SendingRun(SendRequest request, StoredSeries series, SentRecord record, Additions additions)
    {
        (_request, _series, _record, _additions) = (request, series, record, additions);
        _taken = request.IsReal ? [.. record.Done] : [];
        var ids = record.Mails.Select(mail => mail.Id).ToList();
        var named = request.Previews.Count > 0 ? new Addressees([.. request.Previews], [], []) : record.Addressees;
        var built = OutgoingMail.Build(series, request.Sender, DateTimeOffset.UtcNow, ids, named, additions.Headers);
        _mails = ValidateHook.Run(request.Settings, built);
        Checks = SeriesInspection.Run(request, series, [.. _mails], record.Addressees);
    }

    public IReadOnlyList<CheckResult> Checks { get; }

    private string JournalPath => Path.Combine(_request.Folder, SentRecord.Name);

    private List<string> Recipients => _request.IsReflected ? [_request.Sender.Mail]
        : [.. (_request.Previews.Count > 0 ? _request.Previews : _record.Addressees.All)
            .Select(Addresses.Bare).Distinct(StringComparer.OrdinalIgnoreCase)];

    public static SendingRun Open(SendRequest request)
    {
        if (!Directory.Exists(request.Folder) || !SeriesFolder.IsSeries(request.Folder))
        {
            string[] inside = Directory.Exists(request.Folder) ? Directory.GetDirectories(request.Folder) : [];
            inside = [.. inside.Where(SeriesFolder.IsSeries).Order(StringComparer.Ordinal)];
            throw IntreeFailure.NotUnderstood(
                $"{request.Folder} holds no series",
                inside.Length > 0
                    ? $"it has one for each kernel; send one at a time: {string.Join(", ", inside)}"
                    : "pass a folder that ksocket-intree series wrote");
        }

        var files = SeriesFolder.Read(request.Folder);
        var series = new StoredSeries(request.Folder, SeriesFolder.IndexOf(request.Folder, files)!, files);
        var sent = files.TryGetValue(SentRecord.Name, out var bytes)
            ? SentRecord.Read(Path.Combine(request.Folder, SentRecord.Name), bytes)
            : null;
        var additions = SenderCommands.Run(
            request.Settings,
            [.. series.Letters.Select(letter => Path.GetFullPath(Path.Combine(request.Folder, letter.FileName)))]);
        var envelope = series.Index.Envelope;
        var people = TrailerPeople.In(series.Texts).Where(
            one => !request.Drop.Append(request.Sender.Mail).Contains(Addresses.Bare(one), StringComparer.OrdinalIgnoreCase));
        var addressees = new Addressees([.. envelope.To], [.. envelope.Cc], [])
            .With(Addressees.None with { Cc = [.. people] })
            .With(additions.Addressees);
        var fresh = SendingStart.Fresh(request, series, addressees);
        return new SendingRun(request, series, request.IsReal ? SendingStart.Continued(request, fresh, sent) : fresh, additions);
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
        AnswerJson.Default.SendAnswer) with
    {
        Notes =
        [
            .. from list in ((string Setting, IEnumerable<string> Added)[])[
                   ("toCmd", _additions.Addressees.To), ("ccCmd", _additions.Addressees.Cc), ("bcc", _additions.Addressees.Bcc)]
               where list.Added.Any()
               select $"note: sendemail.{list.Setting} of git's configuration adds {string.Join(", ", list.Added)}",
            .. _additions.Headers.IsEmpty ? [] : (string[])[$"note: sendemail.headerCmd adds headers to {_additions.Headers.Count} mails"],
        ],
    };
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Series;

namespace Ksocket.Intree.Core.Sending;

/// <summary>A patch that others may have answered, as it was in their revision.</summary>
/// <param name="Topic">The name of its topic.</param>
/// <param name="Digest">What it changes; see <see cref="Mail.PatchDigest"/>.</param>
public sealed record AnsweredPatch(string Topic, string Digest);

/// <summary>What was found in the replies.</summary>
/// <param name="Notes">Warnings about trailers that were not taken, or that need a look.</param>
/// <param name="Replies">How many mails answer the series.</param>
public sealed record ReadReplies(ImmutableArray<ReceivedTrailer> Trailers, ImmutableArray<string> Notes, int Replies);

/// <summary>
/// Takes the trailers from replies to a series, by the rules of b4 (b4 man page, "b4 trailers"): a trailer in a reply to the
/// cover letter is for each patch, and one that names another person than the sender of the reply is not taken.
/// </summary>
public sealed class ReplyReader(IReadOnlyDictionary<string, IReadOnlyList<AnsweredPatch>> answered, bool isSloppy)
{
    private readonly List<ReceivedTrailer> _trailers = [];
    private readonly List<string> _notes = [];

    /// <param name="answered">
    /// By Message-ID, without brackets, the patch that was sent under it; for a cover letter, each patch of its revision.
    /// </param>
    /// <param name="isSloppy">Whether to take trailers that name another person than the sender.</param>
    public static ReadReplies Read(
        IReadOnlyList<Reply> mails,
        IReadOnlyDictionary<string, IReadOnlyList<AnsweredPatch>> answered,
        bool isSloppy) => new ReplyReader(answered, isSloppy).Read(mails);

    private ReadReplies Read(IReadOnlyList<Reply> mails)
    {
        var thread = mails.Where(mail => mail.Id.Length > 0).DistinctBy(mail => mail.Id).ToDictionary(mail => mail.Id);
        var count = 0;
        foreach (var mail in mails.Where(mail => !answered.ContainsKey(mail.Id) && !mail.HasPatch))
        {
            if (Target(mail, thread, []) is { } patches)
            {
                count++;
                Take(mail, patches);
            }
        }

        return new ReadReplies([.. _trailers.Distinct()], [.. _notes.Distinct()], count);
    }

    /// <summary>What is answered, at once or by way of other replies; null for nothing of the series.</summary>
    private IReadOnlyList<AnsweredPatch>? Target(Reply mail, Dictionary<string, Reply> thread, HashSet<string> seen)
    {
        foreach (var parent in mail.Parents.Where(seen.Add))
        {
            if (answered.TryGetValue(parent, out var target)
                || (thread.TryGetValue(parent, out var between) && (target = Target(between, thread, seen)) is not null))
            {
                return target;
            }
        }

        return null;
    }

    private void Take(Reply mail, IReadOnlyList<AnsweredPatch> patches)
    {
        if (mail.Body is null)
        {
            _notes.Add($"the reply <{mail.Id}> of {mail.Sender} has no plain text, and was not read");
            return;
        }

        foreach (var trailer in TrailerLines.Of(mail.Body))
        {
            if (!IsOf(mail, trailer))
            {
                var taken = isSloppy ? "taken all the same" : "not taken; --sloppy-trailers takes it";
                _notes.Add($"'{trailer.Line}' is in <{mail.Id}>, a mail of {mail.Sender}: {taken}");
                if (!isSloppy)
                {
                    continue;
                }
            }

            _trailers.AddRange(patches.Select(patch => new ReceivedTrailer(patch.Topic, patch.Digest, mail.Id, trailer.Line)));
        }
    }

    /// <summary>By address or by name: many review from another address than they send from.</summary>
    private static bool IsOf(Reply mail, TrailerLine trailer) =>
        string.Equals(mail.Address, trailer.Address, StringComparison.OrdinalIgnoreCase)
        || (mail.Name.Length > 0 && string.Equals(mail.Name, trailer.Name, StringComparison.OrdinalIgnoreCase));
}

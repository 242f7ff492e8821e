// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Mail;
using Ksocket.Intree.Core.Recipients;

namespace Ksocket.Intree.Core.Sending;

/// <summary>What the target tree says, where the sender names it.</summary>
/// <param name="Commit">Its commit; null for a folder.</param>
/// <param name="Wanted">Whom its MAINTAINERS names for the series.</param>
public sealed record TargetTree(string Name, string? Commit, IReadOnlyList<Recipient> Wanted);

/// <summary>What all checks look at.</summary>
/// <param name="Series">What is in the folder.</param>
/// <param name="Stale">The first difference from the same series generated now, or why it cannot be; null for none.</param>
/// <param name="Mails">The mails as they would be sent.</param>
/// <param name="Addressees">Who gets the mails, with those whom the configuration of git adds.</param>
/// <param name="Before">The record of the revision before; null if there is none.</param>
/// <param name="Target">Null if no tree was named.</param>
/// <param name="Dropped">Recipients that the sender left out on purpose.</param>
/// <param name="ListPrefix">The word of the list in the subjects; null for those of netdev.</param>
/// <param name="IsOpen">Whether the sender said that net-next takes patches now.</param>
/// <param name="BuiltEach">Whether a proof shows that each patch builds; null without a proof.</param>
/// <param name="Now">The time, for the pause between two revisions.</param>
public sealed record CheckInput(
    StoredSeries Series,
    string? Stale,
    ImmutableArray<OutgoingMail> Mails,
    Addressees Addressees,
    Person Sender,
    SentRecord? Before,
    TargetTree? Target,
    IReadOnlySet<string> Dropped,
    string? ListPrefix,
    bool IsOpen,
    bool? BuiltEach,
    DateTimeOffset Now)
{
    public Envelope Envelope => Series.Index.Envelope;
}

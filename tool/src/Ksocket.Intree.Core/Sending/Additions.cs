// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;

namespace Ksocket.Intree.Core.Sending;

/// <summary>Who gets the mails of a series: the same for each of them. Addresses are as a series records them.</summary>
/// <param name="Bcc">They get the mails, and no header names them.</param>
public sealed record Addressees(ImmutableArray<string> To, ImmutableArray<string> Cc, ImmutableArray<string> Bcc)
{
    public static Addressees None { get; } = new([], [], []);

    public IEnumerable<string> All => [.. To, .. Cc, .. Bcc];

    /// <summary>With those of another list who are not in this one; addresses are compared without their names.</summary>
    public Addressees With(Addressees more)
    {
        var known = All.Select(RecipientCheck.AddressOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new Addressees([.. To, .. New(more.To)], [.. Cc, .. New(more.Cc)], [.. Bcc, .. New(more.Bcc)]);

        IEnumerable<string> New(ImmutableArray<string> list) => list.Where(one => known.Add(RecipientCheck.AddressOf(one)));
    }
}

/// <summary>What the sender's git configuration adds to the mails of a series as they are sent.</summary>
/// <param name="Headers">By the name of a mail's file, header lines, each with its newline.</param>
public sealed record Additions(Addressees Addressees, ImmutableDictionary<string, string> Headers)
{
    public static Additions None { get; } = new(Addressees.None, ImmutableDictionary<string, string>.Empty);
}

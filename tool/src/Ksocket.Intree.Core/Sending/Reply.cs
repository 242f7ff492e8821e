// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;

namespace Ksocket.Intree.Core.Sending;

/// <summary>A mail of a discussion, decoded.</summary>
/// <param name="Id">The Message-ID, without brackets; empty for none.</param>
/// <param name="Parents">The Message-IDs that it answers: that of In-Reply-To, then those of References, the nearest first.</param>
/// <param name="Name">The name in From; may be empty.</param>
/// <param name="Address">The address in From.</param>
/// <param name="Body">The plain text, with line feeds; null if the mail has none.</param>
public sealed record Reply(string Id, ImmutableArray<string> Parents, string Name, string Address, string Subject, string? Body)
{
    /// <summary>Whether it holds a patch of its own, which no answer to one does.</summary>
    public bool HasPatch => Body is not null && $"\n{Body}".Contains("\ndiff --git ", StringComparison.Ordinal)
        && !Subject.StartsWith("Re:", StringComparison.OrdinalIgnoreCase);

    public string Sender => Name.Length > 0 ? $"{Name} <{Address}>" : Address;
}

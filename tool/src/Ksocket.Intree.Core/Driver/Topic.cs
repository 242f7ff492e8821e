// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;

namespace Ksocket.Intree.Core.Driver;

/// <summary>The subject of one patch of a series. A driver and its tests are separate patches, for review.</summary>
/// <param name="Name">A short word that names the sender's files for this patch.</param>
/// <param name="Body">Lines of the message, each with its newline.</param>
public sealed record Topic(string Name, Part Part, string Subject, string Body)
{
    /// <summary>The files that this patch adds, by their path in the driver's folder; none for the usual ones.</summary>
    public ImmutableArray<string> Files { get; init; } = [];
}

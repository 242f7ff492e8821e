// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;

namespace Ksocket.Intree.Core.Recipients;

/// <summary>A line of a section: its letter, and what follows the colon.</summary>
internal readonly record struct Field(char Letter, string Value);

/// <summary>A section of MAINTAINERS: its title, and its fields in their order.</summary>
/// <param name="Number">The line of the title, from 1.</param>
internal sealed record Section(string Title, int Number, ImmutableArray<Field> Fields)
{
    /// <summary>The last S: line, such as "Maintained"; empty if there is none.</summary>
    public string Status => Of('S').LastOrDefault() ?? "";

    /// <summary>The values of all lines with this letter.</summary>
    public IEnumerable<string> Of(char letter) => Fields.Where(field => field.Letter == letter).Select(field => field.Value);
}

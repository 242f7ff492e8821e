// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Core.Driver;

/// <summary>When the driver was last released: the date on a series that is given none. Raised with every release.</summary>
public static class Release
{
    public static DateTimeOffset Date { get; } = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);
}

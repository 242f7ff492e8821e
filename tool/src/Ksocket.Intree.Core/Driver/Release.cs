// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Core.Driver;

/// <summary>The date of the last release: the default date of a series. Updated with every release.</summary>
public static class Release
{
    public static DateTimeOffset Date { get; } = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);
}

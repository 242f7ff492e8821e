// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Proof.Terms;

/// <summary>Timeouts of a boot: in total, and without output.</summary>
public sealed record BootLimits(TimeSpan Whole, TimeSpan Silence)
{
    private static readonly TimeSpan ShortestSilence = TimeSpan.FromSeconds(60);

    public static BootLimits Usual { get; } = Within(TimeSpan.FromMinutes(10));

    /// <summary>For a test of the user, which may print nothing until it ends.</summary>
    public BootLimits WithSilence => this with { Silence = Whole };

    /// <summary>Derives both from one number: on a slower machine, output takes longer, too.</summary>
    public static BootLimits Within(TimeSpan whole) => new(whole, whole / 10 > ShortestSilence ? whole / 10 : ShortestSilence);
}

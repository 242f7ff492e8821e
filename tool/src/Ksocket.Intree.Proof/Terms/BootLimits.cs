// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Proof.Terms;

/// <summary>How long a boot may take, and how long it may say nothing: a kernel silent for so long hangs.</summary>
public sealed record BootLimits(TimeSpan Whole, TimeSpan Silence)
{
    private static readonly TimeSpan ShortestSilence = TimeSpan.FromSeconds(60);

    public static BootLimits Usual { get; } = Within(TimeSpan.FromMinutes(10));

    /// <summary>One number sets both: a machine so slow that a boot needs longer is slower to speak, too.</summary>
    public static BootLimits Within(TimeSpan whole) => new(whole, whole / 10 > ShortestSilence ? whole / 10 : ShortestSilence);
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Files;
using Ksocket.Intree.Proof.Checking;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Proof;

/// <summary>What to prove of one tree, and the work folder; the tree is never written to.</summary>
/// <param name="Forms">The forms, built in this order in one output folder.</param>
/// <param name="Checks">The checks to run in addition to the boot.</param>
/// <param name="Work">The work folder; build output is kept and reused.</param>
public sealed record ProofRequest(FolderTree Tree, IReadOnlyList<Form> Forms, KernelKind Kind, Checks Checks, string Work)
{
    public ProofRequest(FolderTree tree, Form form, string work)
        : this(tree, [form], new KernelKind(Arch.Um, Debug: false), Checks.None, work)
    {
    }

    /// <summary>The number of parallel make jobs.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>Settings for kconfig in addition to those of the smallest configuration, which they override.</summary>
    public IReadOnlyList<ConfigSetting> Settings { get; init; } = [];

    /// <summary>What is proved; a driver that the tree lacks is added to its copy.</summary>
    public ProvedDrivers Drivers { get; init; } = ProvedDrivers.Ksocket;

    /// <summary>The test to run; for <see cref="Form.OwnTest"/> only.</summary>
    public OwnTest? Test { get; init; }

    public BootLimits Limits { get; init; } = BootLimits.Usual;
}

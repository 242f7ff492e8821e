// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Files;
using Ksocket.Intree.Proof.Checking;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Proof;

/// <summary>What to prove of one tree, and where to work; the tree itself is never written to.</summary>
/// <param name="Forms">One after the other, in one folder of objects.</param>
/// <param name="Checks">What to look at beside the boot.</param>
/// <param name="Work">A folder of ours: build products are kept there and used again.</param>
public sealed record ProofRequest(FolderTree Tree, IReadOnlyList<Form> Forms, KernelKind Kind, Checks Checks, string Work)
{
    public ProofRequest(FolderTree tree, Form form, string work)
        : this(tree, [form], new KernelKind(Arch.Um, Debug: false), Checks.None, work)
    {
    }

    /// <summary>How many compilers run at once.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    public BootLimits Limits { get; init; } = BootLimits.Usual;
}

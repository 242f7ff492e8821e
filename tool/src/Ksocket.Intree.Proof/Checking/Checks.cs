// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Files;
using Ksocket.Intree.Proof.Building;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof.Checking;

/// <summary>A tree that was configured and built, ready to be checked.</summary>
/// <param name="Scratch">A folder of ours for a file to compare with.</param>
public sealed record CheckedTree(FolderTree Source, KernelBuild Build, Form Form, string Scratch, ProofLog Log)
{
    private const string Driver = "drivers/ksocket/socket.o";
    private const string Suite = "drivers/ksocket/tests/life_kunit.o";
    private const string Sample = "samples/ksocket/tcp_server.o";

    /// <summary>The folders of ours that this form builds.</summary>
    public IReadOnlyList<string> Folders => Objects.Contains(Sample) ? ["drivers/ksocket/", "samples/ksocket/"] : ["drivers/ksocket/"];

    /// <summary>An object of each, which a check that ran must have named.</summary>
    public IReadOnlyList<string> Objects => Form switch
    {
        Form.Tests => [Driver, Suite],
        Form.EachPatch => [Driver, .. new[] { Suite, Sample }.Where(IsThere)], // so far
        _ => [Driver, Sample],
    };

    private bool IsThere(string name) => Source.KindOf(Path.ChangeExtension(name, ".c")) == EntryKind.File;

    /// <summary>Up to some release between 5.10 and 6.1, kbuild passes over the modules of a folder unless told.</summary>
    public IReadOnlyList<string> MakeArguments => Form == Form.Module ? ["KBUILD_MODULES=1"] : [];
}

/// <summary>A check of what was built, as a step of the proof.</summary>
public sealed record Check(StepKind Kind, Func<Finding> Run);

/// <summary>What to check beside the boot.</summary>
/// <param name="Warnings">W=1 prints for our files nothing that it does not print for an empty one.</param>
/// <param name="Sparse">sparse, where the kernel takes the one that is here.</param>
/// <param name="Checkpatch">The tree's own checkpatch.</param>
public sealed record Checks(bool Warnings, bool Sparse, bool Checkpatch)
{
    public static Checks None { get; } = new(false, false, false);

    public IEnumerable<Check> For(CheckedTree tree)
    {
        if (Warnings)
        {
            yield return new Check(StepKind.Warnings, () => WarningCheck.Run(tree));
        }

        if (Sparse)
        {
            yield return new Check(StepKind.Sparse, () => SparseCheck.Run(tree));
        }

        if (Checkpatch)
        {
            yield return new Check(StepKind.Checkpatch, () => CheckpatchCheck.Run(tree));
        }
    }
}

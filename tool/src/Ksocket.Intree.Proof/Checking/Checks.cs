// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Files;
using Ksocket.Intree.Proof.Building;

namespace Ksocket.Intree.Proof.Checking;

/// <summary>A tree that was configured and built, ready to be looked at.</summary>
/// <param name="Scratch">A folder of ours for a file to compare with.</param>
public sealed record CheckedTree(FolderTree Source, KernelBuild Build, Form Form, string Scratch, ProofLog Log)
{
    private const string Driver = "drivers/ksocket/socket.o", Suite = "drivers/ksocket/tests/life_kunit.o", Sample = "samples/ksocket/tcp_server.o";

    /// <summary>The folders of ours that this form builds.</summary>
    public IReadOnlyList<string> Folders => Objects.Contains(Sample) ? ["drivers/ksocket/", "samples/ksocket/"] : ["drivers/ksocket/"];

    /// <summary>An object of each, which a check that ran must have named.</summary>
    public IReadOnlyList<string> Objects => Form switch
    {
        Form.Tests => [Driver, Suite],
        Form.EachPatch => [Driver, .. new[] { Suite, Sample }.Where(name => Source.KindOf(Path.ChangeExtension(name, ".c")) == EntryKind.File)], // so far
        _ => [Driver, Sample],
    };

    /// <summary>Up to some release between 5.10 and 6.1, kbuild passes over the modules of a folder unless told.</summary>
    public IReadOnlyList<string> Words => Form == Form.Module ? ["KBUILD_MODULES=1"] : [];
}

/// <summary>One look at what was built, as a step of the proof.</summary>
public sealed record Check(string Name, Func<Finding> Run);

/// <summary>What to look at beside the boot.</summary>
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
            yield return new Check("W=1", () => WarningCheck.Run(tree));
        }

        if (Sparse)
        {
            yield return new Check("sparse", () => SparseCheck.Run(tree));
        }

        if (Checkpatch)
        {
            yield return new Check("checkpatch", () => CheckpatchCheck.Run(tree));
        }
    }
}

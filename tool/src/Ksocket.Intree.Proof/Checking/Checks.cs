// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Files;
using Ksocket.Intree.Proof.Building;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof.Checking;

/// <summary>A configured and built tree, ready for the checks.</summary>
/// <param name="Scratch">A folder for the reference file.</param>
public sealed record CheckedTree(FolderTree Source, KernelBuild Build, Form Form, string Scratch, ProofLog Log)
{
    private const string Driver = "drivers/ksocket/socket.o";
    private const string Suite = "drivers/ksocket/tests/life_kunit.o";
    private const string Sample = "samples/ksocket/tcp_server.o";

    /// <summary>The ksocket folders that this form builds.</summary>
    public IReadOnlyList<string> Folders => Objects.Contains(Sample) ? ["drivers/ksocket/", "samples/ksocket/"] : ["drivers/ksocket/"];

    /// <summary>One object per folder; the output of a check must name each.</summary>
    public IReadOnlyList<string> Objects => Form switch
    {
        Form.Tests => [Driver, Suite],
        Form.OwnTest => [Driver],
        Form.EachPatch => [Driver, .. new[] { Suite, Sample }.Where(IsThere)], // those that exist so far
        _ => [Driver, Sample],
    };

    private bool IsThere(string name) => Source.KindOf(Path.ChangeExtension(name, ".c")) == EntryKind.File;

    /// <summary>Older releases (5.10, not 6.1) build the modules of a folder only with KBUILD_MODULES=1.</summary>
    public IReadOnlyList<string> MakeArguments => Form == Form.Module ? ["KBUILD_MODULES=1"] : [];
}

/// <summary>A check of what was built, as a step of the proof.</summary>
public sealed record Check(StepKind Kind, Func<Finding> Run);

/// <summary>The checks to run in addition to the boot.</summary>
/// <param name="Warnings">W=1: no warning on the ksocket files that an empty file does not cause.</param>
/// <param name="Sparse">sparse, if the kernel accepts the installed version.</param>
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

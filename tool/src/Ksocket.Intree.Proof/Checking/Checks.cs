// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Files;
using Ksocket.Intree.Proof.Building;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof.Checking;

/// <summary>A configured and built tree, ready for the checks.</summary>
/// <param name="Scratch">A folder for the reference file.</param>
public sealed record CheckedTree(
    FolderTree Source, KernelBuild Build, Form Form, ProvedDrivers Drivers, string Scratch, ProofLog Log)
{
    private const string Driver = "drivers/ksocket/socket.o";
    private const string Suite = "drivers/ksocket/tests/life_kunit.o";
    private const string Sample = "samples/ksocket/tcp_server.o";

    /// <summary>The folders of the drivers that this form builds, for make.</summary>
    public IReadOnlyList<string> Folders =>
    [
        .. Drivers.Bundled ? (string[])["drivers/ksocket/"] : [],
        .. Objects.Contains(Sample) ? (string[])["samples/ksocket/"] : [],
        .. OwnFolders,
    ];

    /// <summary>What the output of a check must contain: an object of each folder, of a user's driver the folder.</summary>
    public IReadOnlyList<string> Objects => [.. Drivers.Bundled ? OfKsocket : [], .. OwnFolders];

    /// <summary>The paths that belong to the drivers: folders with a slash at the end, and files elsewhere.</summary>
    public IReadOnlyList<string> Paths =>
    [
        .. from driver in Drivers.All
           from path in driver.OwnFolders.Select(folder => $"{folder}/").Concat(
               from file in driver.Files
               where file.Part == Part.Driver && !driver.OwnFolders.Any(file.Path.IsBelow)
               select file.Path.ToString())
           select path,
    ];

    /// <summary>Whether a file of the source is there; in a series, it may come with a later patch.</summary>
    public bool Has(TreePath path) => Source.KindOf(path) == EntryKind.File;

    private string[] OfKsocket => Form switch
    {
        Form.Tests => [Driver, Suite],
        Form.OwnTest => [Driver],
        Form.EachPatch => [Driver, .. new[] { Suite, Sample }.Where(name => Has(Path.ChangeExtension(name, ".c")))],
        _ => [Driver, Sample],
    };

    private IEnumerable<string> OwnFolders =>
        Drivers.Own.Where(driver => Has(driver.Makefile)).Select(driver => $"{driver.Folder}/");

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

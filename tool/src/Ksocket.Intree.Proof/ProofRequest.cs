// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Files;
using Ksocket.Intree.Proof.Booting;
using Ksocket.Intree.Proof.Building;
using Ksocket.Intree.Proof.Checking;

namespace Ksocket.Intree.Proof;

/// <summary>How the driver is built, and what is done with it.</summary>
public enum Form
{
    /// <summary>Driver and samples in the kernel.</summary>
    BuiltIn,

    /// <summary>Driver and samples as modules, loaded and unloaded.</summary>
    Module,

    /// <summary>The driver in the kernel, and its KUnit suites.</summary>
    Tests,

    /// <summary>Every patch of the tree's series built in order, =y and =m; nothing is booted.</summary>
    EachPatch,
}

/// <summary>The words for the forms, the same in every answer.</summary>
public static class Forms
{
    public static string Words(this Form form) => form switch
    {
        Form.BuiltIn => "built in",
        Form.Module => "as modules",
        Form.EachPatch => "each patch",
        _ => "KUnit",
    };

    /// <summary>One word, for file names and columns.</summary>
    public static string Word(this Form form) => form switch
    {
        Form.BuiltIn => "builtin",
        Form.Module => "module",
        Form.EachPatch => "each-patch",
        _ => "kunit",
    };
}

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

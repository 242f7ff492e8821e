// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;

namespace Ksocket.Intree.Proof.Terms;

/// <summary>What a step of a proof does.</summary>
public enum StepKind
{
    /// <summary>Copies the sources.</summary>
    Prepare,

    Configure,

    Build,

    /// <summary>Checks that the build contains the exported calls.</summary>
    Symbols,

    Boot,

    /// <summary>Checks what the boot printed; for a series, that all patches were built.</summary>
    Verdict,

    /// <summary>W=1.</summary>
    Warnings,

    Sparse,

    Checkpatch,

    /// <summary>Builds one patch of a series as modules.</summary>
    PatchAsModule,

    /// <summary>Builds one patch of a series into the kernel.</summary>
    PatchBuiltIn,
}

/// <summary>The place of a patch in its series.</summary>
public sealed record PatchNumber(int Number, int Count)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Count}");
}

/// <summary>A step of a proof.</summary>
/// <param name="Patch">The patch, if a series is built patch by patch.</param>
public sealed record Step(StepKind Kind, PatchNumber? Patch = null)
{
    /// <summary>Its name in all output.</summary>
    public string Name => Patch is null ? Kind.Word() : $"{Patch} {Kind.Word()}";

    public static implicit operator Step(StepKind kind) => new(kind);

    public override string ToString() => Name;
}

/// <summary>The names of the steps in all output.</summary>
public static class StepKinds
{
    /// <summary>The optional checks.</summary>
    public static IReadOnlyList<StepKind> Checks { get; } = [StepKind.Warnings, StepKind.Sparse, StepKind.Checkpatch];

    public static string Word(this StepKind kind) => kind switch
    {
        StepKind.Warnings => "W=1",
        StepKind.PatchAsModule => "=m",
        StepKind.PatchBuiltIn => "=y",
        _ => kind.ToString().ToLowerInvariant(),
    };
}

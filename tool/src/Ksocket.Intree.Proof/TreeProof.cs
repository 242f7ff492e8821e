// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;

namespace Ksocket.Intree.Proof;

/// <summary>How the proof of one tree ended: its reports, form by form, or why there are none or no more.</summary>
/// <param name="Name">The tree as its user named it.</param>
public sealed record TreeProof(string Name, IReadOnlyList<ProofReport> Reports, IntreeFailure? Refusal)
{
    /// <summary>The run was over before this tree was: said of it, and no reason of its own.</summary>
    public bool IsLeft { get; private init; }

    public static TreeProof NotDone(string name) => new(name, [], IntreeFailure.Fatal($"{name} was not proved: the run stopped before")) { IsLeft = true };
}

/// <summary>Many trees: proven if each is, in each form.</summary>
public static class ProofMatrix
{
    /// <summary>Why the machine could not go on, if it could not.</summary>
    public static IntreeFailure? Stopped(IReadOnlyList<TreeProof> proofs) =>
        proofs.FirstOrDefault(proof => !proof.IsLeft && proof.Refusal is { Kind: FailureKind.Fatal })?.Refusal;

    /// <summary>Proven, and no check that was asked for was passed over.</summary>
    public static bool IsComplete(IReadOnlyList<TreeProof> proofs) => IsProven(proofs) && proofs.All(proof => proof.Reports.All(report => report.Complete));

    public static bool IsProven(IReadOnlyList<TreeProof> proofs) =>
        proofs.Count > 0 && proofs.All(proof => proof.Refusal is null && proof.Reports.Count > 0 && proof.Reports.All(report => report.Proven));
}

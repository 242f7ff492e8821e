// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;

namespace Ksocket.Intree.Proof;

/// <summary>The result of one tree: a report for each form, or the reason why reports are missing.</summary>
/// <param name="Name">The tree as its user named it.</param>
public sealed record TreeProof(string Name, IReadOnlyList<ProofReport> Reports, IntreeFailure? Refusal)
{
    /// <summary>Placeholder: the run stopped before this tree.</summary>
    public bool IsPlaceholder { get; private init; }

    public static TreeProof NotDone(string name) =>
        new(name, [], IntreeFailure.Fatal($"{name} was not proved: the run stopped before it")) { IsPlaceholder = true };
}

/// <summary>The result of all trees of a run.</summary>
public enum ProofResult
{
    /// <summary>Every tree passed in every form; no requested check was skipped.</summary>
    Proven,

    /// <summary>Every tree passed in every form; a requested check was skipped.</summary>
    ProvenWithSkippedChecks,

    NotProven,
}

/// <summary>How a run of proofs ended.</summary>
/// <param name="Stopped">The environment failure that stopped the run, if any.</param>
public sealed record ProofOutcome(ProofResult Result, IntreeFailure? Stopped);

/// <summary>Combines the results of many trees.</summary>
public static class ProofMatrix
{
    public static ProofOutcome OutcomeOf(IReadOnlyList<TreeProof> proofs) => new(
        ResultOf(proofs),
        proofs.FirstOrDefault(proof => !proof.IsPlaceholder && proof.Refusal is { Kind: FailureKind.Fatal })?.Refusal);

    public static ProofResult ResultOf(IReadOnlyList<TreeProof> proofs) => !IsProven(proofs) ? ProofResult.NotProven
        : proofs.All(proof => proof.Reports.All(report => report.Complete)) ? ProofResult.Proven
        : ProofResult.ProvenWithSkippedChecks;

    private static bool IsProven(IReadOnlyList<TreeProof> proofs) => proofs.Count > 0
        && proofs.All(proof => proof.Refusal is null && proof.Reports.Count > 0 && proof.Reports.All(report => report.Proven));
}

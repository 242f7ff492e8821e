// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;

namespace Ksocket.Intree.Proof;

/// <summary>How the proof of one tree ended: its reports, form by form, or why there are none or no more.</summary>
/// <param name="Name">The tree as its user named it.</param>
public sealed record TreeProof(string Name, IReadOnlyList<ProofReport> Reports, IntreeFailure? Refusal)
{
    /// <summary>A placeholder: the run stopped before this tree.</summary>
    public bool IsPlaceholder { get; private init; }

    public static TreeProof NotDone(string name) =>
        new(name, [], IntreeFailure.Fatal($"{name} was not proved: the run stopped before")) { IsPlaceholder = true };
}

/// <summary>What a run showed of all its trees.</summary>
public enum ProofResult
{
    /// <summary>Every tree, in every form, and every check that was asked for was made.</summary>
    Proven,

    /// <summary>Every tree, in every form, but a check that was asked for was skipped.</summary>
    ProvenWithSkippedChecks,

    NotProven,
}

/// <summary>How a run of proofs ended.</summary>
/// <param name="Stopped">Why it stopped before its end, if the machine did not let it go on.</param>
public sealed record ProofOutcome(ProofResult Result, IntreeFailure? Stopped);

/// <summary>Many trees: proven if each is, in each form.</summary>
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

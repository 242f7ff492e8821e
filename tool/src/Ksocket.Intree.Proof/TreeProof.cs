// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;

namespace Ksocket.Intree.Proof;

/// <summary>How the proof of one tree ended: its reports, form by form, or why there are none or no more.</summary>
/// <param name="Name">The tree as its user named it.</param>
public sealed record TreeProof(string Name, IReadOnlyList<ProofReport> Reports, IntreeFailure? Refusal);

/// <summary>Many trees: proven if each is, in each form.</summary>
public static class ProofMatrix
{
    public static bool IsProven(IReadOnlyList<TreeProof> proofs) =>
        proofs.Count > 0 && proofs.All(proof => proof.Refusal is null && proof.Reports.Count > 0 && proof.Reports.All(report => report.Proven));
}

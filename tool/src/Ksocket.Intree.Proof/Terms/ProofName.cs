// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Proof.Terms;

/// <summary>Identifies one proof of a run.</summary>
/// <param name="Tree">The tree as its user named it.</param>
public sealed record ProofName(string Tree, string Version, Form Form);

/// <summary>Receives the progress of proofs, from several threads if trees are proved in parallel.</summary>
public interface IProofListener
{
    /// <summary>Called once, before the first step, if the proof must wait.</summary>
    void Waits(ProofName proof, string why);

    void Begins(ProofName proof, Step step);

    /// <summary>Called every few seconds while a step runs.</summary>
    void Progress(ProofName proof, string note);

    void Ends(ProofName proof, ProofStep step);
}

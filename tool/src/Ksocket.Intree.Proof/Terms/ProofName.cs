// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Proof.Terms;

/// <summary>One proof of many.</summary>
/// <param name="Tree">The tree as its user named it.</param>
public sealed record ProofName(string Tree, string Version, Form Form);

/// <summary>Gets the progress of proofs; from several threads where several trees are proved at once.</summary>
public interface IProofListener
{
    /// <summary>Called once, before the first step, if something else must end first.</summary>
    void Waits(ProofName proof, string why);

    void Begins(ProofName proof, Step step);

    /// <summary>Called every few seconds while a step runs.</summary>
    void Progress(ProofName proof, string note);

    void Ends(ProofName proof, ProofStep step);
}

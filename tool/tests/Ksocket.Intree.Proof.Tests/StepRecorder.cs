// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Proof.Tests;

/// <summary>Records the steps and prints nothing.</summary>
internal sealed class StepRecorder : IProofListener
{
    public List<ProofStep> Steps { get; } = [];

    public void Waits(ProofName proof, string why)
    {
    }

    public void Begins(ProofName proof, Step step)
    {
    }

    public void Progress(ProofName proof, string note)
    {
    }

    public void Ends(ProofName proof, ProofStep step)
    {
        lock (Steps)
        {
            Steps.Add(step);
        }
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Proof.Tests;

/// <summary>Tells the output of a test how each step ended.</summary>
internal sealed class StepOutput(ITestOutputHelper output) : IProofListener
{
    public void Waits(ProofName proof, string why)
    {
    }

    public void Begins(ProofName proof, Step step)
    {
    }

    public void Progress(ProofName proof, string note)
    {
    }

    public void Ends(ProofName proof, ProofStep step) =>
        output.WriteLine($"{step.Name}: {step.Outcome} {step.Took.TotalSeconds:F1} s {step.Note}{(step.Diagnosis is { } why ? $"; {why.Cause}" : "")}");
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Proof.Tests;

/// <summary>Prints the result of each step to the test output.</summary>
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

    public void Ends(ProofName proof, ProofStep step)
    {
        var cause = step.Diagnosis is { } why ? "; " + why.Cause : "";
        output.WriteLine($"{step.Name}: {step.Outcome} {step.Took.TotalSeconds:F1} s {step.Note}{cause}");
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Ksocket.Intree.Output;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Answers;

/// <summary>Prints the progress of proofs on stderr, with the time since the start; for logs and pipes, or for one proof.</summary>
internal sealed class ProofProgress(Terminal terminal, bool many) : IProofListener
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly ConcurrentDictionary<ProofName, Step> _steps = new();

    public void Waits(ProofName proof, string why) => Print(proof, $"waiting: {why}");

    public void Begins(ProofName proof, Step step) => _steps[proof] = step;

    public void Progress(ProofName proof, string note) => Print(proof, $"{_steps[proof]}: {note}");

    public void Ends(ProofName proof, ProofStep step)
    {
        var how = step.Outcome switch
        {
            Outcome.Passed => "ok",
            Outcome.Skipped => "skipped",
            _ => "FAILED",
        };
        Print(proof, string.Create(CultureInfo.InvariantCulture, $"{step.Name}: {how} ({step.Took.TotalSeconds:F1} s) {step.Note}"));
    }

    private void Print(ProofName proof, string line) =>
        terminal.Message(string.Create(
            CultureInfo.InvariantCulture,
            $"[{_clock.Elapsed.TotalSeconds,6:F1} s] {(many ? $"{proof.Version} {proof.Form.Title()}: " : "")}{line}"));
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Diagnostics;
using System.Globalization;
using Ksocket.Intree.Proof;

namespace Ksocket.Intree.Answers;

/// <summary>Tells on stderr how a proof goes on, each line with the time since its start.</summary>
internal sealed class ProofTalk(Terminal terminal) : IProofListener
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private string _step = "";

    public void Begins(string step) => _step = step;

    public void Progress(string note) => Say($"{_step}: {note}");

    public void Ends(ProofStep step) =>
        Say(string.Create(CultureInfo.InvariantCulture, $"{step.Name}: {(step.Passed ? "ok" : "FAILED")} ({step.Took.TotalSeconds:F1} s) {step.Note}"));

    private void Say(string line) => terminal.Talk(string.Create(CultureInfo.InvariantCulture, $"[{_clock.Elapsed.TotalSeconds,6:F1} s] {line}"));
}

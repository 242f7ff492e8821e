// SPDX-License-Identifier: GPL-2.0-only
using System.Diagnostics;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Proof.Judging;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Proof;

/// <summary>Runs, times and reports the steps of one proof.</summary>
/// <param name="alone">True if no other proof runs concurrently, so CPU time can be attributed.</param>
public sealed class Steps(ProofName proof, IProofListener listener, ProofLog log, bool alone, CancellationToken stop)
{
    private readonly List<ProofStep> _done = [];

    public IReadOnlyList<ProofStep> Done => _done;

    public bool HasPassed(StepKind kind) => _done.Exists(step => step.Step.Kind == kind && step.Passed);

    /// <summary>Runs a step; false if it failed: skip the steps that depend on it.</summary>
    public bool Run(Step step, Func<Finding> work)
    {
        stop.ThrowIfCancellationRequested();
        listener.Begins(proof, step);
        log.Write($"== {step}");
        var (clock, cpu) = (Stopwatch.StartNew(), ChildTime.Now);
        ProofStep ended;
        try
        {
            var found = work();
            ended = new ProofStep(step, found.Outcome, clock.Elapsed, Cpu(cpu), found.Note);
        }
        catch (IntreeFailure failure) when (failure.Kind == FailureKind.NotProven)
        {
            ended = new ProofStep(step, Outcome.Failed, clock.Elapsed, Cpu(cpu), failure.Message, Explain(failure));
        }

        log.Write($"== {step}: {ended.Outcome.ToString().ToLowerInvariant()}: {ended.Note}");
        _done.Add(ended);
        listener.Ends(proof, ended);
        return ended.Outcome != Outcome.Failed;
    }

    /// <summary>The drivers of the user, in whose files an error may be.</summary>
    public IEnumerable<DriverSource> Own { get; init; } = [];

    public void Progress(string note) => listener.Progress(proof, note);

    private Diagnosis Explain(IntreeFailure failure) => Explanation.Of(failure, Own, log.LastCommand);

    private TimeSpan? Cpu(TimeSpan before) => alone ? ChildTime.Now - before : null;
}

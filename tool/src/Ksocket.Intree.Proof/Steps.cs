// SPDX-License-Identifier: GPL-2.0-only
using System.Diagnostics;
using Ksocket.Intree.Core;
using Ksocket.Intree.Proof.Judging;

namespace Ksocket.Intree.Proof;

/// <summary>What a step found, if it did not fail.</summary>
public sealed record Finding(Outcome Outcome, string Note)
{
    public static Finding Passed(string note) => new(Outcome.Passed, note);

    public static Finding Skipped(string why) => new(Outcome.Skipped, why);
}

/// <summary>The steps of one proof, carried out, timed and told in order.</summary>
public sealed class Steps(ProofName proof, IProofListener listener, ProofLog log, bool alone, CancellationToken stop)
{
    private readonly List<ProofStep> _done = [];

    public IReadOnlyList<ProofStep> Done => _done;

    /// <summary>Runs a step; false if it failed, and what depends on it has no meaning any more.</summary>
    public bool Run(string name, Func<Finding> work)
    {
        stop.ThrowIfCancellationRequested();
        listener.Begins(proof, name);
        log.Write($"== {name}");
        var (clock, cpu) = (Stopwatch.StartNew(), ChildTime.Now);
        ProofStep step;
        try
        {
            var found = work();
            step = new ProofStep(name, found.Outcome, clock.Elapsed, Cpu(cpu), found.Note);
        }
        catch (IntreeFailure failure) when (failure.Kind == FailureKind.NotProven)
        {
            step = new ProofStep(name, Outcome.Failed, clock.Elapsed, Cpu(cpu), failure.Message, Diagnosis.Of(failure, log.LastCommand));
        }

        log.Write($"== {name}: {step.Outcome.ToString().ToLowerInvariant()}: {step.Note}");
        _done.Add(step);
        listener.Ends(proof, step);
        return step.Outcome != Outcome.Failed;
    }

    public void Progress(string note) => listener.Progress(proof, note);

    /// <summary>The kernel adds up what all our children used; with other proofs beside us that says nothing about one.</summary>
    private TimeSpan? Cpu(TimeSpan before) => alone ? ChildTime.Now - before : null;
}

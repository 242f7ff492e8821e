// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Proof;

/// <summary>
/// Proves many trees. make uses all cores, but configuring, linking and booting use one; so a big machine builds several
/// trees in parallel, each with its share of cores and memory. A small machine builds one after the other: parallel
/// makes on two cores gain no time and compete for the page cache.
/// </summary>
public static class ManyTrees
{
    private const int CoresForOne = 4;
    private const long MemoryForOne = 3L << 30;

    /// <summary>How many trees this machine can prove in parallel.</summary>
    private static int Room =>
        Math.Min(Environment.ProcessorCount / CoresForOne, (int)(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / MemoryForOne));

    /// <param name="workers">How many trees to prove in parallel; null: as many as the machine can.</param>
    public static IReadOnlyList<TreeProof> Run(IReadOnlyList<ProofRequest> requests, IProofListener listener, int? workers = null)
    {
        var count = Math.Clamp(workers ?? Room, 1, requests.Count);
        using var stop = new CancellationTokenSource();
        var done = new TreeProof?[requests.Count];
        var next = -1;
        // No cancellation token: each worker starts, and checks itself whether the run was stopped.
        var tasks = Enumerable.Range(0, count).Select(_ =>
            Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        try
        {
            Task.WaitAll(tasks);
        }
        catch (AggregateException error)
        {
            // The first real failure caused the others to stop.
            throw error.Flatten().InnerExceptions.OrderBy(inner => inner is OperationCanceledException).First();
        }

        return [.. requests.Select((request, at) => done[at] ?? TreeProof.NotDone(request.Tree.Name))];

        void Work()
        {
            for (var at = Interlocked.Increment(ref next); at < requests.Count && !stop.IsCancellationRequested;
                at = Interlocked.Increment(ref next))
            {
                var request = requests[at] with { Jobs = (Environment.ProcessorCount + count - 1) / count };
                try
                {
                    var proof = done[at] = Prove(request, listener, stop.Token);
                    if (proof.Refusal is { Kind: FailureKind.Fatal })
                    {
                        stop.Cancel();
                    }
                }
                catch (OperationCanceledException) when (stop.IsCancellationRequested)
                {
                    return; // another tree stopped the run
                }
                catch
                {
                    stop.Cancel();
                    throw;
                }
            }
        }
    }

    /// <summary>
    /// A tree that cannot be proved does not stop the others; an environment failure does. Earlier reports are kept in
    /// both cases.
    /// </summary>
    private static TreeProof Prove(ProofRequest request, IProofListener listener, CancellationToken stop)
    {
        var reports = new List<ProofReport>();
        try
        {
            foreach (var report in Prover.Run(request, listener, stop))
            {
                reports.Add(report);
            }

            return new TreeProof(request.Tree.Name, reports, Refusal: null);
        }
        catch (IntreeFailure failure) when (failure.Kind is FailureKind.NotUnderstood or FailureKind.InTheWay or FailureKind.Fatal)
        {
            return new TreeProof(request.Tree.Name, reports, failure);
        }
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;

namespace Ksocket.Intree.Proof;

/// <summary>
/// Proves many trees. make spreads over the cores by itself, but configuring, linking and booting do not; so on a big
/// machine several trees are built at a time, each with its share of cores and memory, and on a small one, one after
/// the other: two makes on two cores only take turns, and their objects push each other out of memory.
/// </summary>
public static class ManyTrees
{
    private const int CoresForOne = 4;
    private const long MemoryForOne = 3L << 30;

    public static IReadOnlyList<TreeProof> Run(IReadOnlyList<ProofRequest> requests, IProofListener listener, Action<TreeProof>? onDone = null)
    {
        var workers = Math.Clamp(Math.Min(Environment.ProcessorCount / CoresForOne, (int)(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / MemoryForOne)), 1, requests.Count);
        using var stop = new CancellationTokenSource();
        var done = new TreeProof?[requests.Count];
        var next = -1;
        var tasks = Enumerable.Range(0, workers).Select(_ => Task.Factory.StartNew(Work, stop.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        try
        {
            Task.WaitAll(tasks);
        }
        catch (AggregateException error)
        {
            // The first that stopped is why the others did.
            throw error.Flatten().InnerExceptions.OrderBy(inner => inner is OperationCanceledException).First();
        }

        return [.. requests.Select((request, at) => done[at] ?? TreeProof.NotDone(request.Tree.Name))];

        void Work()
        {
            for (var at = Interlocked.Increment(ref next); at < requests.Count && !stop.IsCancellationRequested; at = Interlocked.Increment(ref next))
            {
                var request = requests[at] with { Jobs = (Environment.ProcessorCount + workers - 1) / workers };
                try
                {
                    var proof = done[at] = Prove(request, listener, stop.Token);
                    onDone?.Invoke(proof);
                    if (proof.Refusal is { Kind: FailureKind.Fatal })
                    {
                        stop.Cancel();
                    }
                }
                catch (OperationCanceledException) when (stop.IsCancellationRequested)
                {
                    return; // another tree met the end of it
                }
                catch
                {
                    stop.Cancel();
                    throw;
                }
            }
        }
    }

    /// <summary>A tree that cannot be proved is no reason to leave the others; a machine that cannot go on is. Either way, what was shown before counts.</summary>
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

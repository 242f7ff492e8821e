// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Proof.Terms;

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

    /// <summary>How many trees this machine proves at a time.</summary>
    private static int Room =>
        Math.Min(Environment.ProcessorCount / CoresForOne, (int)(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / MemoryForOne));

    /// <param name="workers">How many trees to prove at a time; null for what the machine has room for.</param>
    public static IReadOnlyList<TreeProof> Run(IReadOnlyList<ProofRequest> requests, IProofListener listener, int? workers = null)
    {
        var count = Math.Clamp(workers ?? Room, 1, requests.Count);
        using var stop = new CancellationTokenSource();
        var done = new TreeProof?[requests.Count];
        var next = -1;
        // Each worker starts whatever becomes of the others, and sees by itself that the run is over.
        var tasks = Enumerable.Range(0, count).Select(_ =>
            Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
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

    /// <summary>
    /// A tree that cannot be proved does not stop the others; a failure of the machine does. Reports made before count
    /// either way.
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

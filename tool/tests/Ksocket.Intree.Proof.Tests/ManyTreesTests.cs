// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Files;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Proof.Tests;

/// <summary>Several trees in parallel, as on a machine with many cores.</summary>
public sealed class ManyTreesTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    /// <summary>Repeated, because it is random which workers start before the run is stopped.</summary>
    [Fact]
    public void What_the_machine_refuses_stops_all_and_is_the_answer_whoever_met_it_first()
    {
        File.WriteAllText(_temp.PathOf("work"), "no folder");
        var requests = Enumerable.Range(0, 8).Select(number =>
        {
            LiteralKernel.Named().WriteTo(_temp.PathOf($"linux-{number}"));
            return new ProofRequest(FolderTree.Open(_temp.PathOf($"linux-{number}")), Form.BuiltIn, _temp.PathOf("work"));
        }).ToList();
        for (var run = 0; run < 40; run++)
        {
            var proofs = ManyTrees.Run(requests, new StepRecorder(), workers: 8);
            Assert.Equal(requests.Select(request => request.Tree.Name), proofs.Select(proof => proof.Name));
            Assert.All(proofs, proof => Assert.Equal(FailureKind.Fatal, proof.Refusal!.Kind));
            Assert.NotNull(ProofMatrix.OutcomeOf(proofs).Stopped);
        }
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Series;
using Ksocket.Intree.Files;
using Ksocket.Intree.Proof.Checking;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Proof.Tests;

/// <summary>prove --each-patch: each patch builds on those before it, built in and as modules, without a W=1 warning.</summary>
[Collection(RealKernels.OneAtATime)]
public sealed class EachPatchRealKernelTests(ITestOutputHelper output)
{
    /// <summary>One kernel in turn, every fourth day: it takes two builds for each patch, ten minutes in all.</summary>
    [Theory]
    [InlineData("7.3", 1)]
    [InlineData("5.10", 5)]
    [InlineData("6.1", 9)]
    [InlineData("6.12", 13)]
    public void Each_patch_builds(string version, int turn)
    {
        Skip.UnlessItsTurn(turn, of: 16);
        var tree = FolderTree.Open(RealKernels.Pristine(version));
        var patches = SeriesPlanner.Plan(tree, DriverSource.Bundled, Parts.All).Patches.Length;
        var request = new ProofRequest(
            tree,
            [Form.EachPatch],
            new KernelKind(Arch.Um, Debug: false),
            new Checks(Warnings: true, Sparse: false, Checkpatch: false),
            RealKernels.Work);
        var report = Assert.Single(Prover.Run(request, new StepOutput(output), TestContext.Current.CancellationToken));
        Assert.True(report.Proven, $"{version}: {report.Failed?.Name}: {report.Failed?.Note}; see {report.Log}");

        StepKind[] builds = [StepKind.PatchAsModule, StepKind.PatchBuiltIn, StepKind.Warnings];
        Assert.Equal(
            Enumerable.Range(1, patches).SelectMany(_ => builds),
            report.Steps.Select(step => step.Step.Kind).Where(kind => builds.Contains(kind)));
        Assert.All(report.Steps, step => Assert.Equal(Outcome.Passed, step.Outcome));
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Proof.Tests;

/// <summary>
/// The text that a fault replaces occurs once in today's driver. Without a kernel tree, so that a change of the driver shows in
/// seconds which faults it made void.
/// </summary>
public sealed class SeededFaultTextTests
{
    private static readonly ChangedTree Kernel = Make();

    public static IEnumerable<TheoryDataRow<string>> Faults() =>
        SeededFaults.All.Concat(SeededFaults.Detected).Select(fault => new TheoryDataRow<string>(fault.Name));

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_replaces_text_of_the_driver(string name)
    {
        var fault = SeededFaults.All.Concat(SeededFaults.Detected).Single(fault => fault.Name == name);
        Assert.All(fault.Files(Read), file => Assert.NotEqual(Read(file.Key), file.Value));
    }

    private static string Read(string path) => Kernel.TryReadText(path)!;

    private static ChangedTree Make()
    {
        var tree = LiteralKernel.Named().Build();
        return new ChangedTree(tree, Planner.Plan(tree, DriverSource.Bundled, Parts.All).Changes);
    }
}

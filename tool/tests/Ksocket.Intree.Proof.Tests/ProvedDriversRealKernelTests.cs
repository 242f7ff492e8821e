// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Processes;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Proof.Tests;

/// <summary>The driver that "new" writes, proved beside ksocket: built in, as a module, and its KUnit suite.</summary>
[Collection(RealKernels.OneAtATime)]
public sealed class ProvedDriversRealKernelTests(ITestOutputHelper output) : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    /// <summary>One kernel a day in turn; the work folder is that of RealKernelTests.</summary>
    [Theory]
    [InlineData("5.10", 1)]
    [InlineData("6.1", 2)]
    [InlineData("6.12", 3)]
    [InlineData("7.3", 0)]
    public void A_new_driver_boots_unloads_and_passes_its_suite(string version, int turn)
    {
        Skip.UnlessItsTurn(turn, of: 4);
        var (tree, driver) = (RealKernels.Pristine(version), _temp.PathOf("kecho"));
        Assert.True(RealKernels.Intree("new", driver).Succeeded);
        var run = Prove(tree, driver);
        var text = run.Output.ToString();
        Assert.True(run.Succeeded, text);
        Assert.Contains("kecho booted, all expected lines were printed", text, StringComparison.Ordinal);
        Assert.Contains("kecho loaded and unloaded, all expected lines were printed", text, StringComparison.Ordinal);
        Assert.Contains("KUnit, with kecho, booted", text, StringComparison.Ordinal);

        // A driver that does not print what its folder promises is not proven.
        File.AppendAllText(Path.Combine(driver, "intree"), "expect: kecho: this line is never printed\n");
        var silent = Prove(tree, driver, "--built-in");
        Assert.Equal(4, silent.ExitCode);
        Assert.Contains("kecho: this line is never printed", silent.Output.ToString(), StringComparison.Ordinal);
    }

    private ChildResult Prove(string tree, string driver, string form = "--all")
    {
        var run = RealKernels.Intree("prove", form, "--with", driver, "--work", RealKernels.Work, tree);
        output.WriteLine(run.Output.ToString());
        return run;
    }
}

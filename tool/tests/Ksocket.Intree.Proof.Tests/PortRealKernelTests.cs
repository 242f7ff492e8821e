// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Processes;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Proof.Tests;

/// <summary>tool/port: drivers of the kernel that were moved onto ksocket.</summary>
[Collection(RealKernels.OneAtATime)]
public sealed class PortRealKernelTests(ITestOutputHelper output) : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("6.12")]
    [InlineData("7.3")]
    public void Nvmet_tcp_has_fewer_lines_on_ksocket(string version)
    {
        const string source = "drivers/nvme/target/tcp.c";
        var before = File.ReadAllLines(Path.Combine(RealKernels.Pristine(version), source));
        Directory.CreateDirectory(_temp.PathOf("drivers/nvme/target"));
        foreach (var path in new[] { source, "drivers/nvme/target/Kconfig" })
        {
            File.Copy(Path.Combine(RealKernels.Pristine(version), path), _temp.PathOf(path));
        }

        Run.Program("git", _temp.Root, "apply", Repository.PathOf($"tool/ports/nvmet-tcp/{version}.patch"));
        var after = File.ReadAllLines(_temp.PathOf(source));
        Assert.InRange(after.Length, 2000, before.Length - 50);
        Assert.DoesNotContain(after, line => line.Contains("sk_callback_lock", StringComparison.Ordinal));
    }

    /// <summary>One kernel every fourth day: the host and both targets in a boot, over loopback. It takes a kernel of its own.</summary>
    [Theory]
    [InlineData("6.12", 2)]
    [InlineData("7.3", 6)]
    public void Nvmet_tcp_works_on_ksocket(string version, int turn)
    {
        Skip.UnlessItsTurn(turn, of: 8);
        var run = new Child(
            "bash",
            [
                Repository.PathOf("tool/port"), "nvmet-tcp", "--work", Path.Combine(RealKernels.Work, "ports"),
                RealKernels.Pristine(version),
            ])
        {
            Environment = new Dictionary<string, string?> { ["KSOCKET_INTREE"] = RealKernels.Command },
        }.Run();
        var text = run.Output.ToString();
        output.WriteLine(text);
        Assert.True(run.Succeeded, text);
        string[] seen =
        [
            "prove: throughput of ksocket / plain: write ",
            "prove: 256 MiB written and read back",
            "prove: connected 50 times",
            "prove: the port was closed under load 3 times, and nothing is left",
        ];
        Assert.All(seen, line => Assert.Contains(line, text, StringComparison.Ordinal));
    }
}

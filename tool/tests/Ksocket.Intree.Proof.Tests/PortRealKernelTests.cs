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
    [InlineData("nvmet-tcp", "6.12")]
    [InlineData("nvmet-tcp", "7.3")]
    [InlineData("iscsi-target", "6.12")]
    [InlineData("iscsi-target", "7.3")]
    public void A_driver_has_fewer_lines_on_ksocket(string port, string version)
    {
        var patch = Repository.PathOf($"tool/ports/{port}/{version}.patch");
        var lines = File.ReadAllLines(patch);
        foreach (var path in lines.Where(line => line.StartsWith("+++ b/", StringComparison.Ordinal)).Select(line => line[6..]))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_temp.PathOf(path))!);
            File.Copy(Path.Combine(RealKernels.Pristine(version), path), _temp.PathOf(path));
        }

        Run.Program("git", _temp.Root, "apply", patch);
        int Count(string sign) => lines.Count(line => line.StartsWith(sign, StringComparison.Ordinal));
        Assert.InRange(Count("-") - Count("+"), 50, 500);
        Assert.All(
            Directory.GetFiles(_temp.Root, "*.c", SearchOption.AllDirectories),
            path => Assert.DoesNotContain("sk_callback_lock", File.ReadAllText(path), StringComparison.Ordinal));
    }

    /// <summary>One boot every second day: the unchanged and the moved driver, over loopback. It takes a kernel of its own.</summary>
    [Theory]
    [InlineData("nvmet-tcp", "6.12", 2)]
    [InlineData("nvmet-tcp", "7.3", 6)]
    [InlineData("iscsi-target", "6.12", 4)]
    [InlineData("iscsi-target", "7.3", 0)]
    public void A_driver_works_on_ksocket(string port, string version, int turn)
    {
        Skip.UnlessItsTurn(turn, of: 8);
        var run = new Child(
            "bash",
            [
                Repository.PathOf("tool/port"), port, "--work", Path.Combine(RealKernels.Work, "ports"),
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
            "was closed under load 3 times, and nothing is left",
        ];
        Assert.All(seen, line => Assert.Contains(line, text, StringComparison.Ordinal));
    }
}

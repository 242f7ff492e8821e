// SPDX-License-Identifier: GPL-2.0-only
using System.Text.Json;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Proof.Tests;

/// <summary>tool/lines prove on a kernel, and what patches/proofs says of it.</summary>
[Collection(RealKernels.OneAtATime)]
public sealed class ProofOfTheDayRealKernelTests(ITestOutputHelper output) : IDisposable
{
    private static readonly string[] Forms = ["built in", "as modules", "KUnit"];

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    /// <summary>
    /// One kernel a day in turn, or all with KSOCKET_INTREE_ALL. The work folder is that of RealKernelTests, so that a run costs
    /// three links and boots.
    /// </summary>
    [Theory]
    [InlineData("5.10", 0)]
    [InlineData("6.1", 1)]
    [InlineData("6.12", 2)]
    [InlineData("7.3", 3)]
    public void A_line_is_proved_anew_and_as_the_repository_says(string line, int turn)
    {
        Skip.UnlessItsTurn(turn, of: 4);
        _ = RealKernels.Pristine(line);
        var run = new Child("bash", [Repository.PathOf("tool/lines"), "prove", "--into", _temp.Root, "--work", RealKernels.Work, line])
        {
            Environment = new Dictionary<string, string?> { ["KSOCKET_INTREE"] = RealKernels.Command },
        }.Run();
        output.WriteLine(run.Output.ToString());
        Assert.Equal(0, run.ExitCode);

        var (kernel, today) = Read(_temp.PathOf($"{line}.json"));
        Assert.Equal(Forms, today.Select(proof => proof.Form));
        Assert.All(today, proof => Assert.Equal(("passed", "passed"), (proof.Verdict, proof.Warnings)));
        var stored = Repository.PathOf($"patches/proofs/{line}.json");
        Assert.SkipUnless(File.Exists(stored), $"skipped: proved, but {stored} does not exist yet");
        var (of, before) = Read(stored);
        var driver = today[0].Driver;
        Assert.SkipUnless(
            of == kernel && before.All(proof => proof.Driver == driver),
            $"skipped: proved, but the record is of linux {of} or of an older driver; tool/lines prove {line} writes it anew");
        Assert.Equal(before, today);
    }

    /// <summary>What is the same on each machine: not the date, the compiler, nor whether its sparse is new enough.</summary>
    private sealed record Proved(string Form, string Verdict, int Cases, string Warnings, string Driver);

    private static (string Kernel, List<Proved> Proofs) Read(string path)
    {
        using var record = JsonDocument.Parse(File.ReadAllBytes(path));
        return (
            record.RootElement.GetProperty("kernel").GetString()!,
            [
                .. record.RootElement.GetProperty("proofs").EnumerateArray().Select(proof => new Proved(
                    Text(proof, "form"), Text(proof, "verdict"), proof.GetProperty("cases").GetInt32(), Text(proof, "warnings"),
                    Text(proof, "driver"))),
            ]);

        static string Text(JsonElement proof, string name) => proof.GetProperty(name).GetString() ?? "";
    }
}

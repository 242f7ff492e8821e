// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>Every error names a code, and explain knows it.</summary>
public sealed class ExplainTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    public static TheoryData<string> Codes => [.. Enum.GetValues<ErrorCode>().Select(code => code.Word())];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Each_code_has_a_meaning_causes_and_remedies(string code)
    {
        var run = Cli.Run("explain", code);
        Assert.Equal(ExitCode.Done, run.Exit);
        Assert.Matches($@"^{code} \(exit code \d+\)\n.+\.\n\nUsual causes:\n(  - .+\n)+\nWhat to do:\n(  - .+\n)+$", run.Answer);
        Assert.Contains(code, Cli.Run("explain").Answer, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_kind_of_failure_has_the_code_of_its_exit_code()
    {
        foreach (var kind in Enum.GetValues<FailureKind>())
        {
            var code = ErrorCodes.Of(kind).Word();
            Assert.Contains($"{code} (exit code {(int)ExitCodes.Of(kind)})", Cli.Run("explain", code).Answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_error_names_its_code()
    {
        LiteralKernel.Named().WriteTo(_temp.PathOf("linux"));
        Directory.CreateDirectory(_temp.PathOf("linux/drivers/ksocket"));
        File.WriteAllText(_temp.PathOf("linux/drivers/ksocket/mine.c"), "");
        Says("not-supported", "probe", _temp.PathOf("nowhere"));
        Says("conflict", "apply", _temp.PathOf("linux"));
        Says("usage", "statsu");
        Says("usage", "explain", "conflikt");
        var error = Cli.Run("apply", "--json", _temp.PathOf("linux")).Json.GetProperty("error");
        Assert.Equal("conflict", error.GetProperty("code").GetString());

        static void Says(string code, params string[] words) =>
            Assert.EndsWith($"\nsee: ksocket-intree explain {code}\n", Cli.Run(words).Messages, StringComparison.Ordinal);
    }

    [Fact]
    public void Quiet_leaves_the_answer_and_the_errors()
    {
        LiteralKernel.Named().WriteTo(_temp.PathOf("linux"));
        var run = Cli.Run("apply", "-q", _temp.PathOf("linux"));
        Assert.Equal(ExitCode.Done, run.Exit);
        Assert.Contains("ksocket added: ", run.Answer, StringComparison.Ordinal);
        Assert.Empty(run.Messages);
        Assert.StartsWith("error: ", Cli.Run("probe", "-q", _temp.PathOf("nowhere")).Messages, StringComparison.Ordinal);
    }
}

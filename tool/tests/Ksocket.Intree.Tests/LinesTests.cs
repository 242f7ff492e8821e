// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Answers;
using Ksocket.Intree.Core.Series;
using Ksocket.Intree.Files;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>tool/lines: the stored proofs of the kernel lines, and their table.</summary>
public sealed partial class LinesTests : IDisposable
{
    private const string Today = "1111";

    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    public static TheoryData<string> Records() =>
    [
        .. Directory.EnumerateFiles(Repository.PathOf("patches/proofs"), "*.json").Select(path => Path.GetFileNameWithoutExtension(path)!),
    ];

    [Fact]
    public void The_table_of_the_stored_proofs_is_what_they_say()
    {
        var text = File.ReadAllText(Repository.PathOf("patches/README.md"));
        var table = Run.Program("bash", Repository.Root, "tool/lines", "matrix");
        Assert.True(
            text.Contains($"<!-- proofs -->\n{table}<!-- /proofs -->\n", StringComparison.Ordinal),
            $"run tool/lines matrix --write:\n{table}");
    }

    [Theory]
    [MemberData(nameof(Records))]
    public void A_stored_proof_is_strict_JSON_of_a_line_without_a_path_of_the_machine(string line)
    {
        var path = Repository.PathOf($"patches/proofs/{line}.json");
        var record = ProofRecordFile.Read(path)!;
        Assert.Equal(File.ReadAllText(path), record.ToJson());
        Assert.DoesNotMatch(AbsolutePath(), File.ReadAllText(path));
        Assert.NotEmpty(record.Proofs);
        Assert.All(record.Proofs, proof => Assert.Matches("^[0-9a-f]{64}$", proof.Driver));
        var series = Repository.PathOf($"patches/{line}/{SeriesFile.Name}");
        Assert.Equal(line, SeriesFileReader.Read(series, SingleFile.Read(series)).Provenance.Line);
    }

    [Fact]
    public void A_cell_has_its_date_and_an_older_driver_or_another_release_is_named()
    {
        Checkout();
        Store(
            "6.12",
            "6.12.5",
            Proof("built in", "2026-11-01", Today, Outcome.Passed, null, 0, Outcome.Passed, Outcome.Passed),
            Proof("as modules", "2026-10-01", "0000", Outcome.Passed, null, 0, Outcome.Passed, Outcome.Skipped),
            Proof("KUnit", "2026-11-02", Today, Outcome.Failed, "verdict", 188, Outcome.Passed, null));
        Store("7.3", "7.3.1", Proof("KUnit", "2026-09-01", Today, Outcome.Passed, null, 189, Outcome.Failed, null));
        Assert.Equal(
            [
                "| 6.12.5 | pass 2026-11-01 | pass 2026-10-01, older driver | FAILED: verdict 2026-11-02 "
                    + "| pass 2026-10-01, older driver | skipped 2026-10-01, older driver |",
                "| 7.3.4 | not proved | not proved | 189 pass 2026-09-01, 7.3.1 | FAILED 2026-09-01, 7.3.1 | not proved |",
                "",
            ],
            Run.Program("bash", _temp.Root, "tool/lines", "matrix").Split('\n').Skip(2));
    }

    /// <summary>With a program in place of ksocket-intree, which writes down the form that it is asked for.</summary>
    [Fact]
    public void What_was_proved_of_this_driver_and_kernel_is_not_proved_again()
    {
        Checkout();
        Store(
            "6.12",
            "6.12.5",
            Proof("built in", "2026-11-01", Today, Outcome.Passed, null, 0, Outcome.Passed, Outcome.Passed),
            Proof("as modules", "2026-10-01", "0000", Outcome.Passed, null, 0, Outcome.Passed, Outcome.Passed));
        Answers(Lines("prove", "6.12"), 0, "6.12, built in: passed before\n6.12, as modules: passed\n6.12, KUnit: passed\n");
        Assert.Equal(["--module", "--kunit"], Asked());
        Answers(Lines("prove", "--again", "6.12"), 0, "6.12, built in: passed\n6.12, as modules: passed\n6.12, KUnit: passed\n");
        Assert.Equal(["--module", "--kunit", "--built-in", "--module", "--kunit"], Asked());
    }

    [Theory]
    [InlineData(1, 0, "6.12, built in: passed\n6.12, as modules: passed\n6.12, KUnit: passed\n")] // a check was skipped
    [InlineData(4, 4, "6.12, built in: failed\n6.12, as modules: failed\n6.12, KUnit: failed\n")]
    [InlineData(128, 128, "")]
    [InlineData(130, 130, "")]
    public void A_failure_is_the_exit_code_and_one_of_the_machine_stops_it(int prove, int exit, string answer)
    {
        Checkout(prove);
        Answers(Lines("prove", "6.12"), exit, answer);
        Assert.Empty(Directory.EnumerateFiles(_temp.PathOf("patches/proofs"))); // the program leaves an empty file
    }

    [Fact]
    public void A_failure_before_is_still_one()
    {
        Checkout();
        Store("6.12", "6.12.5", Proof("built in", "2026-11-01", Today, Outcome.Failed, "build", 0, null, null));
        Answers(Lines("prove", "6.12"), 4, "6.12, built in: failed before\n6.12, as modules: passed\n6.12, KUnit: passed\n");
    }

    [Fact]
    public void A_line_without_a_series_or_a_tree_is_named()
    {
        Checkout();
        var unknown = Lines("prove", "6.99");
        Assert.Equal(129, unknown.ExitCode);
        Assert.Contains("patches/ has no line '6.99'\nhint: the lines are 6.12 7.3\n", unknown.Output.ToString(), StringComparison.Ordinal);
        var treeless = Lines("prove", "7.3");
        Assert.Equal(128, treeless.ExitCode);
        Assert.Contains("no tree for 7.3: somewhere\n", treeless.Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Records_may_go_elsewhere()
    {
        Checkout();
        Store("6.12", "6.12.5", Proof("built in", "2026-11-01", Today, Outcome.Passed, null, 0, Outcome.Passed, Outcome.Passed));
        Answers(
            Lines("prove", "--into", "other", "--work", "build", "6.12"),
            0,
            "6.12, built in: passed\n6.12, as modules: passed\n6.12, KUnit: passed\n");
        var asked = File.ReadAllText(_temp.PathOf("asked"));
        Assert.Contains($"--record {_temp.PathOf("other")}/6.12.json --work {_temp.PathOf("build")} ", asked, StringComparison.Ordinal);
    }

    /// <summary>The scripts, two lines with a series, the tree of one, and a program that exits with this code.</summary>
    private void Checkout(int exit = 0)
    {
        Directory.CreateDirectory(_temp.PathOf("tool"));
        foreach (var script in new[] { "lines", "linetrees.sh", "proofs.sh", "lib.sh" })
        {
            File.Copy(Repository.PathOf($"tool/{script}"), _temp.PathOf($"tool/{script}"));
        }

        Directory.CreateDirectory(_temp.PathOf("patches/proofs"));
        File.WriteAllText(_temp.PathOf("patches/README.md"), "<!-- proofs -->\n<!-- /proofs -->\n");
        foreach (var (line, kernel) in new[] { ("6.12", "6.12.5"), ("7.3", "7.3.4") })
        {
            Directory.CreateDirectory(_temp.PathOf($"patches/{line}/meta"));
            File.WriteAllText(
                _temp.PathOf($"patches/{line}/{SeriesFile.Name}"), $"# kernel: {kernel}\n# origin: somewhere\n# driver: {Today}\n");
        }

        Directory.CreateDirectory(_temp.PathOf("cache/trees/linux-6.12"));
        File.WriteAllText(_temp.PathOf("cache/trees/linux-6.12.provenance"), "");
        File.WriteAllText(
            _temp.PathOf("intree"),
            "#!/bin/bash\n[ $1 != probe ] || exec echo linux 6.12.5\n[ $1 = prove ] || exit 0\n"
            + $"echo \"$*\" >>{_temp.PathOf("asked")}\n: >>$7\nexit {exit}\n");
        File.SetUnixFileMode(_temp.PathOf("intree"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private ChildResult Lines(params string[] words) => new Child("bash", [_temp.PathOf("tool/lines"), .. words])
    {
        Folder = _temp.Root,
        Environment = new Dictionary<string, string?>
        {
            ["KSOCKET_INTREE"] = _temp.PathOf("intree"),
            ["KSOCKET_INTREE_CACHE"] = _temp.PathOf("cache"),
        },
    }.Run();

    private static void Answers(ChildResult run, int exit, string answer)
    {
        Assert.Equal(answer, run.Output.ToString());
        Assert.Equal(exit, run.ExitCode);
    }

    private string[] Asked() => [.. File.ReadAllLines(_temp.PathOf("asked")).Select(line => line.Split(' ')[2])];

    private void Store(string line, string kernel, params RecordedProof[] proofs) =>
        File.WriteAllText(_temp.PathOf($"patches/proofs/{line}.json"), new ProofRecord(kernel, proofs).ToJson());

    private static RecordedProof Proof(
        string form, string date, string driver, Outcome verdict, string? failed, int cases, Outcome? warnings, Outcome? sparse) => new(
            form, "um", Debug: false, [], date, "gcc 12", driver, Booted: true, verdict,
            failed is null ? null : new RecordedFailure(failed, "a line"), cases, warnings, sparse, null);

    /// <summary>A slash at the start of a word.</summary>
    [GeneratedRegex(@"(?<![\w.>*-])/\w+/", RegexOptions.None)]
    private static partial Regex AbsolutePath();
}

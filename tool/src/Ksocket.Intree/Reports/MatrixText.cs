// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using Ksocket.Intree.Output;

namespace Ksocket.Intree.Reports;

/// <summary>The matrix for a terminal, and as a Markdown table.</summary>
internal static class MatrixText
{
    private const string Missing = "not proved";

    /// <summary>A table, the failures, and how many results there are.</summary>
    public static void Write(Terminal terminal, ResultMatrix matrix)
    {
        List<string[]> lines = [["kernel", .. matrix.Forms], .. matrix.Rows.Select(row => Line(matrix, row))];
        var widths = Enumerable.Range(0, lines[0].Length).Select(column => lines.Max(line => line[column].Length)).ToList();
        foreach (var line in lines)
        {
            terminal.Answer(string.Join("  ", line.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }

        foreach (var failed in matrix.Failed)
        {
            terminal.Answer($"{terminal.Bad("failed")}: {failed.Kernel} ({failed.Kind}), {failed.Proof.Form}: {WhyFailed(failed)}");
        }

        terminal.Answer(Summary(matrix));
    }

    public static string Markdown(ResultMatrix matrix)
    {
        List<string[]> lines =
        [
            ["kernel", .. matrix.Forms],
            [.. Enumerable.Repeat("---", matrix.Forms.Count + 1)],
            .. matrix.Rows.Select(row => Line(matrix, row)),
        ];
        return string.Concat(lines.Select(line => $"| {string.Join(" | ", line.Select(Escaped))} |\n"))
            + $"\n{Summary(matrix)}\n";
    }

    /// <summary>How many results passed, and how many are of another driver.</summary>
    public static string Summary(ResultMatrix matrix)
    {
        var all = matrix.Results.Count();
        var older = matrix.Older > 0 ? string.Create(CultureInfo.InvariantCulture, $", {matrix.Older} of an older driver") : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{matrix.Span}: {all - matrix.Failed.Count} of {Count(all)} passed{older}; driver {matrix.Driver[..12]}");
    }

    /// <summary>"1 proof", "2 proofs".</summary>
    public static string Count(int proofs) =>
        string.Create(CultureInfo.InvariantCulture, $"{proofs} {(proofs == 1 ? "proof" : "proofs")}");

    /// <summary>"189 cases, 2026-11-27": a result in few words.</summary>
    public static string Cell(ResultMatrix matrix, FormResult? result)
    {
        if (result is null)
        {
            return Missing;
        }

        var word = !result.Passed ? $"FAILED: {result.Proof.Failure?.Step}"
            : result.IsBuiltOnly ? "built, not booted"
            : result.Proof.Cases > 0 ? string.Create(CultureInfo.InvariantCulture, $"{result.Proof.Cases} cases") : "passed";
        return $"{word}, {result.Proof.Date}{(matrix.IsOlder(result) ? ", older driver" : "")}";
    }

    public static string WhyFailed(FormResult result) => $"{result.Proof.Failure?.Step}: {result.Proof.Failure?.Line}";

    private static string[] Line(ResultMatrix matrix, MatrixRow row) =>
        [$"{row.Kernel} ({row.Kind})", .. matrix.Forms.Select(form => Cell(matrix, row.Cells.GetValueOrDefault(form)))];

    /// <summary>A cell of a Markdown table ends at a '|' (GitHub Flavored Markdown, 4.10).</summary>
    private static string Escaped(string cell) => cell.Replace("|", "\\|", StringComparison.Ordinal);
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;

namespace Ksocket.Intree.Reports;

/// <summary>A kernel on one architecture, with its result in each form.</summary>
internal sealed record MatrixRow(string Kernel, string Kind, IReadOnlyDictionary<string, FormResult> Cells);

/// <summary>The results of any number of runs, on any number of machines, as one table.</summary>
/// <param name="Forms">The forms that some row has, in their usual order.</param>
/// <param name="Rows">By version, oldest first.</param>
/// <param name="Driver">The SHA-256 of the driver that the results are compared with.</param>
internal sealed partial record ResultMatrix(IReadOnlyList<string> Forms, IReadOnlyList<MatrixRow> Rows, string Driver)
{
    public IEnumerable<FormResult> Results => Rows.SelectMany(row => Forms.Where(row.Cells.ContainsKey).Select(form => row.Cells[form]));

    public IReadOnlyList<FormResult> Failed => [.. Results.Where(result => !result.Passed)];

    /// <summary>Those of another driver than this one: they say nothing of it.</summary>
    public int Older => Results.Count(IsOlder);

    public bool IsOlder(FormResult result) => result.Proof.Driver != Driver;

    /// <summary>Joins results. Of two for the same kernel, kind and form that of the later date is kept, then the one read last.</summary>
    public static ResultMatrix Of(IEnumerable<FormResult> results, string driver)
    {
        var kept = results.GroupBy(result => result.Key)
            .Select(same => same.Aggregate((one, next) =>
                string.CompareOrdinal(next.Proof.Date, one.Proof.Date) >= 0 ? next : one))
            .ToList();
        return new ResultMatrix(
            [.. Proof.Terms.Forms.Titles.Where(form => kept.Exists(result => result.Proof.Form == form))],
            [
                .. from result in kept
                   group result by (result.Kernel, result.Kind) into row
                   orderby SortKey(row.Key.Kernel), row.Key.Kind
                   select new MatrixRow(row.Key.Kernel, row.Key.Kind, row.ToDictionary(result => result.Proof.Form)),
            ],
            driver);
    }

    /// <summary>"1 kernel, 6.12.117", or "30 kernels, 5.10.262 to 7.3.4".</summary>
    public string Span
    {
        get
        {
            var kernels = Rows.Select(row => row.Kernel).Distinct().ToList();
            return kernels is [var one] ? $"1 kernel, {one}" : $"{kernels.Count} kernels, {kernels[0]} to {kernels[^1]}";
        }
    }

    /// <summary>Numbers with zeros in front; a release candidate before its release.</summary>
    private static string SortKey(string kernel)
    {
        var padded = Digits().Replace(kernel, number => number.Value.PadLeft(6, '0'));
        return padded.Contains("-rc", StringComparison.Ordinal) ? padded.Replace("-rc", "!", StringComparison.Ordinal) : padded + "#";
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();
}

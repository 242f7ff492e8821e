// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Answers;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Reports;

/// <summary>What one run of prove found for a kernel in one form.</summary>
/// <param name="Kernel">The release, such as 6.12.117.</param>
/// <param name="Log">The name of the log without its folder, which is a path of the machine; null if the file has none.</param>
internal sealed record FormResult(string Kernel, RecordedProof Proof, string? Log)
{
    public bool Passed => Proof.Verdict == Outcome.Passed;

    /// <summary>Whether it was built and linked, and would have been booted on another architecture.</summary>
    public bool IsBuiltOnly => !Proof.Booted && Proof.Form != Form.EachPatch.Title();

    /// <summary>The architecture, the detectors and the added configuration: what differs here stands in a row of its own.</summary>
    public string Kind => string.Join(", ", (string[])[Proof.Arch, .. Proof.Debug ? ["debug"] : (string[])[], .. Proof.Settings])
        + ProvedDrivers.NoteOf(Proof.Drivers ?? []);

    /// <summary>Results with the same key replace each other; the later date wins.</summary>
    public (string Kernel, string Kind, string Form) Key => (Kernel, Kind, Proof.Form);

    /// <summary>The checks that were asked for, with their outcome.</summary>
    public IEnumerable<(string Name, Outcome Outcome)> Checks =>
        new (string Name, Outcome? Outcome)[]
        {
            (StepKind.Warnings.Word(), Proof.Warnings),
            (StepKind.Sparse.Word(), Proof.Sparse),
            (StepKind.Checkpatch.Word(), Proof.Checkpatch),
        }
        .Where(check => check.Outcome is not null)
        .Select(check => (check.Name, check.Outcome!.Value));
}

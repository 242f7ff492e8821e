// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Answers;
using Ksocket.Intree.Core;
using Ksocket.Intree.Proof;
using Ksocket.Intree.Proof.Reporting;

namespace Ksocket.Intree.Commands;

/// <summary>The files that prove writes in addition to its answer.</summary>
internal sealed class ReportFiles : IDisposable
{
    private readonly string _work;
    private readonly string _program;
    private readonly ProofRecord? _before;
    private readonly ReportFile? _junit;
    private readonly ReportFile? _html;
    private readonly ReportFile? _record;

    /// <summary>Reports a file that cannot be read or written before the build, not after it.</summary>
    /// <param name="work">The work folder, whose paths are not for the record.</param>
    /// <param name="program">The program with its version, for the page.</param>
    public ReportFiles(string? junit, string? html, string? record, string work, string program)
    {
        (_work, _program) = (work, program);
        _before = record is null ? null : ProofRecordFile.Read(record);
        try
        {
            _junit = ReportFile.Open(junit);
            _html = ReportFile.Open(html);
            _record = ReportFile.Open(record);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Returns a failure, so that the answer is printed in any case.</summary>
    public IntreeFailure? Write(IReadOnlyList<TreeProof> proofs, ProofsAnswer answer) =>
        Try(() => _junit?.Write(JunitReport.Write(proofs)))
        ?? Try(() => _html?.Write(HtmlReport.Write(proofs, _program)))
        ?? (answer.Proofs.Count == 0 ? null : Try(() => _record?.Write(ProofRecord.Of(_before, answer.Proofs, _work).ToJson())));

    public void Dispose()
    {
        _junit?.Dispose();
        _html?.Dispose();
        _record?.Dispose();
    }

    private static IntreeFailure? Try(Action write)
    {
        try
        {
            write();
            return null;
        }
        catch (IntreeFailure failure)
        {
            return failure;
        }
    }
}

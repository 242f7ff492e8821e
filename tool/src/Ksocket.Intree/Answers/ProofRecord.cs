// SPDX-License-Identifier: GPL-2.0-only
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Answers;

/// <summary>The step that failed, and the first line that reports it.</summary>
internal sealed record RecordedFailure(string Step, string Line);

/// <summary>
/// The result of a kernel in one form. It has nothing of the machine but the compiler, and no time but the day: the record
/// is kept in a repository.
/// </summary>
/// <param name="Form">As prove prints it.</param>
/// <param name="Driver">The SHA-256 of the tested driver; null if it is not the driver of the tool.</param>
/// <param name="Verdict">passed or failed.</param>
/// <param name="Cases">How many KUnit cases passed.</param>
/// <param name="Warnings">W=1, like the two after it: null if it was not asked for or did not run.</param>
internal sealed record RecordedProof(
    string Form, string Arch, bool Debug, IReadOnlyList<string> Settings, string Date, string? Compiler, string? Driver, bool Booted,
    Outcome Verdict, RecordedFailure? Failure, int Cases, Outcome? Warnings, Outcome? Sparse, Outcome? Checkpatch)
{
    /// <summary>The names of the tested drivers; null for ksocket alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Drivers { get; init; }

    /// <summary>Proofs with the same key replace each other.</summary>
    private (string, bool, string, int) Key => (Arch, Debug, string.Join(' ', [.. Settings, .. Drivers ?? []]), Forms.Titles.IndexOf(Form));

    public static RecordedProof Of(ProofAnswer proof, string work)
    {
        var failed = proof.Steps.FirstOrDefault(step => step.Outcome == Outcome.Failed);
        return new RecordedProof(
            proof.Form, proof.Arch, proof.Debug, proof.Settings ?? [], proof.Date!, proof.Compiler, proof.Driver, proof.Booted ?? true,
            proof.Proven ? Outcome.Passed : Outcome.Failed,
            failed is null ? null : new RecordedFailure(failed.Step, WithoutPaths(failed.Diagnosis?.Line ?? failed.Note, proof.Tree, work)),
            proof.Cases, OutcomeOf(StepKind.Warnings), OutcomeOf(StepKind.Sparse), OutcomeOf(StepKind.Checkpatch))
        {
            Drivers = ProvedDrivers.NoteOf(proof.Drivers ?? []).Length > 0 ? proof.Drivers : null,
        };

        Outcome? OutcomeOf(StepKind check) => proof.Steps.FirstOrDefault(step => step.Step == check.Word())?.Outcome;
    }

    /// <summary>Replaces those of the same key, and keeps a fixed order.</summary>
    public static IReadOnlyList<RecordedProof> Merge(IEnumerable<RecordedProof> old, IReadOnlyList<RecordedProof> now) =>
        [.. old.ExceptBy(now.Select(proof => proof.Key), proof => proof.Key).Concat(now).OrderBy(proof => proof.Key)];

    /// <summary>Paths of the sources relative to the tree: prove builds a copy, WORK/KERNEL/source.</summary>
    private static string WithoutPaths(string line, string tree, string work)
    {
        var copy = new Regex($@"{Regex.Escape(Path.GetFullPath(work))}/[^/\s]+/[^/\s]+/");
        return copy.Replace(line, "").Replace(Path.GetFullPath(tree) + "/", "", StringComparison.Ordinal);
    }
}

/// <summary>The results of one kernel, for a file in a repository; each form keeps its last result.</summary>
/// <param name="Kernel">The release; results of another one are dropped.</param>
internal sealed record ProofRecord(string Kernel, IReadOnlyList<RecordedProof> Proofs)
{
    /// <summary>With characters such as the + of a compiler's version as they are.</summary>
    private static readonly ProofRecordJson Readable =
        new(new JsonSerializerOptions(ProofRecordJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <param name="before">The record so far; null if there is none.</param>
    /// <param name="work">The work folder, whose paths are left out.</param>
    public static ProofRecord Of(ProofRecord? before, IReadOnlyList<ProofAnswer> proofs, string work)
    {
        var kernel = proofs[0].Version;
        var old = before?.Kernel == kernel ? before.Proofs : [];
        return new ProofRecord(kernel, RecordedProof.Merge(old, [.. proofs.Select(proof => RecordedProof.Of(proof, work))]));
    }

    public string ToJson() => JsonSerializer.Serialize(this, Readable.ProofRecord) + "\n";
}

/// <param name="Passed">Whether no result is a failure.</param>
/// <param name="Driver">The SHA-256 of the driver of this program; results of another one say nothing of it.</param>
internal sealed record ReportAnswer(bool Passed, string Driver, IReadOnlyList<ProofRecord> Kernels);

[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    Converters = [typeof(EnumWordConverter<Outcome>)])]
[JsonSerializable(typeof(ProofRecord))]
internal sealed partial class ProofRecordJson : JsonSerializerContext;

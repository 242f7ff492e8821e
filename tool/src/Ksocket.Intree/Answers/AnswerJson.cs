// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Probing;
using Ksocket.Intree.Core.Recipients;
using Ksocket.Intree.Core.Sending;
using Ksocket.Intree.Core.Series;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Output;
using Ksocket.Intree.Proof.Terms;
using Finding = Ksocket.Intree.Core.Planning.Finding;

namespace Ksocket.Intree.Answers;

/// <summary>A line found in the tree; line is null if the evidence is that a declaration is absent.</summary>
internal sealed record SightingAnswer(string Header, int? Line, string Text)
{
    public static SightingAnswer Of(Sighting sighting) => new(sighting.Header.ToString(), sighting.Line, sighting.Text);
}

internal sealed record FeatureAnswer(string Feature, string Variant, IReadOnlyList<SightingAnswer> Evidence);

internal sealed record ProbeAnswer(
    string Tree,
    string Version,
    string Line,
    IReadOnlyList<FeatureAnswer> Features,
    IReadOnlyList<SightingAnswer> Requirements);

/// <param name="Action">add, change or delete.</param>
internal sealed record ChangeAnswer(string Path, string Action);

/// <param name="Verb">plan, apply or remove.</param>
/// <param name="Changed">True if files were written; false for plan and with --check.</param>
internal sealed record ChangesAnswer(
    string Verb,
    string Tree,
    string Version,
    IReadOnlyList<string> Parts,
    PlanState Before,
    bool Changed,
    IReadOnlyList<ChangeAnswer> Changes,
    IReadOnlyList<string> Config)
{
    /// <summary>For remove: Kconfig statements outside ksocket's own folders that depend on it, as PATH:LINE: TEXT.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Dependents { get; init; }

    /// <summary>With --with: each driver; the fields of the whole are then those of the first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DriverAnswer>? Drivers { get; init; }

    /// <summary>For apply: what it prints as warnings and notes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Warnings { get; init; }

    public static ChangesAnswer Of(
        string verb,
        KernelTree tree,
        JointPlan plan,
        ImmutableArray<FileChange> changes,
        bool changed,
        IReadOnlyList<string> config) => new(
            verb,
            tree.Name,
            plan.First.Version.ToString(),
            [.. plan.First.Parts.Select(part => part.Word())],
            plan.First.Before.State,
            changed,
            ChangeText.Answers(changes),
            config)
        {
            Drivers = DriverAnswer.Of(plan.Each.Select(one => (one.Driver, one.Plan.Before))),
        };
}

/// <param name="State">The state before, or for status the state.</param>
/// <param name="Symbol">The Kconfig symbol that enables it.</param>
internal sealed record DriverAnswer(string Name, string Folder, string Symbol, PlanState State)
{
    /// <summary>The findings, for status.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FindingAnswer>? Findings { get; init; }

    /// <summary>Null for ksocket alone, so that its answer has no other fields than before.</summary>
    public static IReadOnlyList<DriverAnswer>? Of(
        IEnumerable<(DriverSource Driver, TreeStatus Status)> drivers, bool withFindings = false) =>
        drivers.ToList() is var all && all is [{ Driver: var only }] && only.IsBundled ? null
        : [.. all.Select(one => new DriverAnswer(one.Driver.Name, one.Driver.Folder.ToString(), one.Driver.Symbol, one.Status.State)
        {
            Findings = withFindings ? [.. one.Status.Findings.Select(FindingAnswer.Of)] : null,
        })];
}

internal sealed record FindingAnswer(string Path, int? Line, string Part, Standing Standing, string Note)
{
    public static FindingAnswer Of(Finding finding) =>
        new(finding.Path.ToString(), finding.Line, finding.Part.Word(), finding.Standing, finding.Note);
}

/// <param name="Warnings">What is printed as warnings and notes and has no other field.</param>
internal sealed record StatusAnswer(
    string Tree,
    string Version,
    PlanState State,
    IReadOnlyList<string> Parts,
    IReadOnlyList<FindingAnswer> Findings,
    IReadOnlyList<string> WiringFaults,
    IReadOnlyList<string> IgnoredByGit,
    IReadOnlyList<string> Warnings)
{
    /// <summary>With drivers of the user: each; the fields of the whole are then those of the first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DriverAnswer>? Drivers { get; init; }
}

/// <param name="BaseCommit">The base commit; null for a folder.</param>
/// <param name="Files">The mails, in sending order.</param>
/// <param name="Recipients">Those that --cc-maintainers added.</param>
/// <param name="Trailers">Those of replies that are in the patches.</param>
/// <param name="Dropped">Those that are not, because their patch has changed since.</param>
internal sealed record OneSeriesAnswer(
    string Tree,
    string Version,
    string Folder,
    string? BaseCommit,
    IReadOnlyList<string> Files,
    IReadOnlyList<RecipientAnswer> Recipients,
    IReadOnlyList<TrailerAnswer> Trailers,
    IReadOnlyList<TrailerAnswer> Dropped);

/// <param name="Patch">The topic of the patch, as in the names of the sender's files.</param>
/// <param name="Reply">The Message-ID of the mail that has it, without brackets.</param>
internal sealed record TrailerAnswer(string Patch, string Trailer, string Reply)
{
    public static TrailerAnswer Of(ReceivedTrailer trailer) => new(trailer.Topic, trailer.Line, trailer.Reply);
}

/// <param name="Reason">The role, and the section of MAINTAINERS that names the address.</param>
internal sealed record RecipientAnswer(string Address, string Reason)
{
    public static RecipientAnswer Of(Recipient recipient) => new(recipient.Mailbox.ToString(), recipient.Reason);
}

internal sealed record SeriesAnswer(IReadOnlyList<OneSeriesAnswer> Series);

/// <param name="Difference">The first difference, or null.</param>
internal sealed record OneVerifiedAnswer(string Folder, string Version, bool Current, string? Difference, bool Written);

internal sealed record VerifyAnswer(IReadOnlyList<OneVerifiedAnswer> Series);

internal sealed record CheckAnswer(string Check, Verdict Verdict, string Text);

/// <param name="Id">The Message-ID, without brackets.</param>
/// <param name="Sent">Whether the server has taken it, in this run or an earlier one.</param>
internal sealed record MailAnswer(string File, string Id, int Bytes, bool Sent);

/// <param name="Sent">Whether the server has taken every mail.</param>
internal sealed record SendAnswer(
    string Folder,
    string Sender,
    IReadOnlyList<string> Recipients,
    IReadOnlyList<CheckAnswer> Checks,
    IReadOnlyList<MailAnswer> Mails,
    bool Sent);

/// <param name="Commits">The commit ids, in the order of the series.</param>
internal sealed record CommitAnswer(
    string Tree,
    string Version,
    string Branch,
    string BaseCommit,
    IReadOnlyList<string> Commits,
    bool CheckedOut);

/// <param name="Merged">Files in which the edits of the user and of this release were merged.</param>
/// <param name="Kept">Files that the user edited and this release does not change.</param>
internal sealed record RefreshAnswer(
    string Tree,
    string Version,
    bool Changed,
    IReadOnlyList<ChangeAnswer> Changes,
    IReadOnlyList<string> Merged,
    IReadOnlyList<string> Kept,
    IReadOnlyList<string> Warnings);

/// <param name="Files">Hard links to one file count each.</param>
internal sealed record CachePartAnswer(string Name, string Purpose, long Files, long Bytes);

internal sealed record NewAnswer(string Folder, string Name, IReadOnlyList<string> Files);

internal sealed record CleanAnswer(string Cache, bool Changed, IReadOnlyList<CachePartAnswer> Parts);

internal sealed record ExplainedAnswer(
    string Code, int Exit, string Meaning, IReadOnlyList<string> Causes, IReadOnlyList<string> Remedies);

internal sealed record ExplainAnswer(IReadOnlyList<ExplainedAnswer> Codes);

/// <param name="Code">For explain.</param>
/// <param name="Details">What the message sums up, one line each.</param>
internal sealed record FailureBody(string Code, string Message, string? Hint, IReadOnlyList<string> Details)
{
    public static FailureBody Of(ErrorCode code, IntreeFailure failure) =>
        new(code.Word(), failure.Message, failure.Hint, failure.Details);
}

/// <summary>The answer of every verb that fails.</summary>
internal sealed record FailureAnswer(FailureBody Error, int Exit);

[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [
        typeof(EnumWordConverter<PlanState>),
        typeof(EnumWordConverter<Standing>),
        typeof(EnumWordConverter<Outcome>),
        typeof(EnumWordConverter<Verdict>),
    ])]
[JsonSerializable(typeof(ProbeAnswer))]
[JsonSerializable(typeof(ChangesAnswer))]
[JsonSerializable(typeof(StatusAnswer))]
[JsonSerializable(typeof(ProofsAnswer))]
[JsonSerializable(typeof(SeriesAnswer))]
[JsonSerializable(typeof(RefreshAnswer))]
[JsonSerializable(typeof(VerifyAnswer))]
[JsonSerializable(typeof(CommitAnswer))]
[JsonSerializable(typeof(SendAnswer))]
[JsonSerializable(typeof(ReportAnswer))]
[JsonSerializable(typeof(WorkAnswer))]
[JsonSerializable(typeof(NewAnswer))]
[JsonSerializable(typeof(CleanAnswer))]
[JsonSerializable(typeof(ExplainAnswer))]
[JsonSerializable(typeof(FailureAnswer))]
internal sealed partial class AnswerJson : JsonSerializerContext;

/// <summary>Writes an enum as the word that the text output uses; reads no numbers.</summary>
internal sealed class EnumWordConverter<T>()
    : JsonStringEnumConverter<T>(System.Text.Json.JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;

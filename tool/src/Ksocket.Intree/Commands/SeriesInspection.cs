// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Answers;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Recipients;
using Ksocket.Intree.Core.Sending;
using Ksocket.Intree.Core.Series;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Files;
using Ksocket.Intree.Git;
using Ksocket.Intree.Trees;

namespace Ksocket.Intree.Commands;

/// <summary>Collects what the checks of send look at, and runs them.</summary>
internal static class SeriesInspection
{
    public static IReadOnlyList<CheckResult> Run(
        SendRequest request,
        StoredSeries series,
        ImmutableArray<OutgoingMail> mails,
        Addressees addressees)
    {
        using var trees = new OpenTrees();
        var tree = request.Tree is null ? null : trees.Open(request.Tree);
        var checks = SeriesChecks.Run(new CheckInput(
            series,
            Stale(series),
            mails,
            addressees,
            request.Sender,
            Before(request.Folder, series.Revision),
            tree is null ? null : Target(tree, series),
            request.Drop.ToHashSet(StringComparer.OrdinalIgnoreCase),
            request.ListPrefix,
            request.IsOpen,
            BuiltEach(request, series.Index.Provenance),
            DateTimeOffset.UtcNow));
        List<CheckResult> all = [.. checks, Checkpatch.Run(tree, series), KernelDoc.Run(tree, series)];
        if (request.Overrides.FirstOrDefault(name => all.TrueForAll(check => check.Check != name)) is { } unknown)
        {
            throw IntreeFailure.NotUnderstood(
                $"--override: there is no check '{unknown}'",
                $"the checks are {string.Join(", ", all.Select(check => check.Check))}");
        }

        return [.. all.Select(check =>
            check.Verdict == Verdict.Warning && request.IsStrict && !request.Overrides.Contains(check.Check)
                ? CheckResult.Refuse(check.Check, check.Text)
                : check.Verdict == Verdict.Refusal && request.Overrides.Contains(check.Check)
                ? CheckResult.Warn(check.Check, check.Text + " (overridden)")
                : check)];
    }

    private static string? Stale(StoredSeries series)
    {
        if (!series.Index.Provenance.With.IsEmpty)
        {
            return null; // it takes the folders of its drivers: verify --with
        }

        try
        {
            var today = PatchSeries.Remake(series.Index, DriverSource.Bundled, series.Files, new CreatedFiles());
            return SeriesDifference.First(series.Files, today)?.ToString();
        }
        catch (IntreeFailure failure) when (failure.Kind == FailureKind.NotUnderstood)
        {
            return failure.Message;
        }
    }

    private static TargetTree Target(KernelTree tree, StoredSeries series)
    {
        var patches = series.Letters.Where(letter => series.Index.Patches.Contains(letter.FileName)).Select(letter => letter.Bytes);
        return new TargetTree(tree.Name, (tree as CommitTree)?.Commit, MaintainersIndex.Of(tree).OfMails(patches));
    }

    private static SentRecord? Before(string folder, int revision)
    {
        var before = revision > 1 ? RevisionFolder.Before(folder, revision).FirstOrDefault(SeriesFolder.IsSeries) : null;
        return before is not null && SeriesFolder.Read(before).TryGetValue(SentRecord.Name, out var record)
            ? SentRecord.Read(Path.Combine(before, SentRecord.Name), record)
            : null;
    }

    private static bool? BuiltEach(SendRequest request, Provenance provenance) =>
        request.Proofs.Length == 0 ? null : ProvedText.ShowsEachPatch(request.Proofs, provenance.Driver, provenance.Kernel);
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Concurrent;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Mail;
using Ksocket.Intree.Core.Recipients;
using Ksocket.Intree.Core.Series;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Files;
using Ksocket.Intree.Git;
using Ksocket.Intree.Trees;

namespace Ksocket.Intree.Commands;

/// <summary>What the user asked series for.</summary>
/// <param name="Before">The folder of --range-diff.</param>
internal sealed record SeriesRequest(
    Envelope Envelope,
    bool WithBase,
    string? Output,
    string? Before,
    string[] Proofs,
    bool CcMaintainers,
    string[] Drop,
    TreeKind Kind,
    string Origin,
    IReadOnlyList<Part> Parts);

/// <summary>A tree with the patches planned for it.</summary>
/// <param name="Maintainers">Who gets patches for this tree; null unless requested.</param>
internal sealed record PlannedTree(
    string Tree,
    PlannedSeries Planned,
    Provenance Provenance,
    string? BaseCommit,
    MaintainersIndex? Maintainers);

/// <param name="Recipients">Those that --cc-maintainers added.</param>
internal sealed record MadeSeries(string Tree, PatchSeries Series, IReadOnlyList<Recipient> Recipients);

/// <summary>Makes the series of several trees in two steps: all are planned, then each is written with its texts.</summary>
internal sealed class SeriesMaker(SeriesRequest request) : IDisposable
{
    /// <summary>More read the same pack at once than a disk has use for, and each keeps trees and blobs of its own.</summary>
    private const int MostWorkers = 4;

    private readonly CreatedFiles _created = new();
    private readonly ConcurrentBag<OpenTrees> _opened = [];

    /// <summary>Each worker opens the repositories for itself: libgit2's handles serve one thread.</summary>
    public IReadOnlyList<PlannedTree> Plan(IReadOnlyList<string> names)
    {
        var planned = new PlannedTree[names.Count];
        var failures = new ConcurrentDictionary<int, IntreeFailure>();
        Parallel.ForEach(
            Partitioner.Create(Enumerable.Range(0, names.Count), EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = Math.Min(MostWorkers, Environment.ProcessorCount) },
            () => new OpenTrees(),
            (at, _, trees) =>
            {
                try
                {
                    planned[at] = Plan(trees.Open(names[at]), names[at]);
                }
                catch (IntreeFailure failure)
                {
                    failures[at] = failure;
                }

                return trees;
            },
            _opened.Add);
        return failures.IsEmpty ? planned : throw failures.MinBy(failure => failure.Key).Value;
    }

    /// <param name="before">The folder of the revision before; null for none.</param>
    public MadeSeries Make(PlannedTree tree, SenderTexts texts, string? before = null)
    {
        var envelope = request.Envelope with { BaseCommit = request.WithBase ? tree.BaseCommit : null };
        if ((request.Before ?? before) is { } older && envelope.CoverLetter)
        {
            texts = texts with { RangeDiff = Since(older, tree, envelope, isAsked: request.Before is not null) };
        }

        var series = PatchSeries.Of(tree.Planned, tree.Provenance, envelope, _created, texts);
        if (tree.Maintainers is null)
        {
            return new MadeSeries(tree.Tree, series, []);
        }

        var named = envelope.To.Concat(envelope.Cc).Concat(request.Drop).Select(AddressOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var recipients = tree.Maintainers.OfMails(series.Letters.Where(letter => series.Index.Patches.Contains(letter.FileName))
                .Select(letter => letter.Bytes))
            .Where(recipient => !named.Contains(recipient.Mailbox.Address))
            .ToList();
        envelope = envelope with { Cc = [.. envelope.Cc, .. recipients.Select(recipient => recipient.Mailbox.ToString())] };
        return new MadeSeries(tree.Tree, PatchSeries.Of(tree.Planned, tree.Provenance, envelope, _created, texts), recipients);
    }

    public void Dispose()
    {
        foreach (var trees in _opened)
        {
            trees.Dispose();
        }
    }

    private static string AddressOf(string text) => Person.TryParse(text)?.Mail ?? text;

    private PlannedTree Plan(KernelTree tree, string name)
    {
        var driver = DriverSource.Bundled.MaintainedBy([.. request.Envelope.Maintainers.Select(person => person.ToString())]);
        var planned = SeriesPlanner.Plan(tree, driver, request.Parts);
        return new PlannedTree(
            name,
            planned,
            Provenance.Of(planned, driver, request.Parts, request.Kind, request.Origin),
            (tree as CommitTree)?.Commit,
            request.CcMaintainers ? MaintainersIndex.Of(tree) : null);
    }

    /// <summary>The range-diff to the series in a folder; empty if it was not asked for and the two have different bases.</summary>
    private ByteString Since(string folder, PlannedTree tree, Envelope envelope, bool isAsked)
    {
        var stored = Directory.Exists(folder) ? SeriesFolder.Read(folder) : new Dictionary<string, ByteString>();
        var index = SeriesFolder.IndexOf(folder, stored) ?? throw IntreeFailure.NotUnderstood(
            $"--range-diff: {folder} holds no series",
            "name a folder that ksocket-intree series wrote");
        if (!isAsked && !index.Provenance.PreImages.SequenceEqual(tree.Provenance.PreImages))
        {
            return default;
        }

        var now = PatchSeries.Of(
            tree.Planned,
            tree.Provenance,
            envelope with { CoverLetter = false, BaseCommit = null },
            _created).Letters;
        var heading = ByteString.OfText($"Range-diff against v{index.Envelope.Revision ?? 1}:\n");
        var patches = index.Patches.Select(name => stored.GetValueOrDefault(name));
        return ByteString.Concat(heading, RangeDiff.Between(tree.Planned, now, [.. patches]));
    }
}

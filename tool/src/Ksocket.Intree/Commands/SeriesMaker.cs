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
using Ksocket.Intree.Options;
using Ksocket.Intree.Trees;

namespace Ksocket.Intree.Commands;

/// <summary>What the user asked series for.</summary>
/// <param name="Envelopes">One for each tree, in their order: identity and settings are those of its repository.</param>
/// <param name="Before">The folder of --range-diff.</param>
/// <param name="TrailersFrom">A mailbox with replies; null for none.</param>
/// <param name="IsSloppy">Whether to take trailers that name another person than the sender of the reply.</param>
internal sealed record SeriesRequest(
    IReadOnlyList<Envelope> Envelopes,
    bool WithBase,
    string? Output,
    string? Before,
    string[] Proofs,
    bool CcMaintainers,
    string[] Drop,
    string? TrailersFrom,
    bool IsSloppy,
    TreeKind Kind,
    string Origin,
    IReadOnlyList<Part> Parts,
    IReadOnlyList<DriverSource> Drivers)
{
    /// <summary>That of the first tree; what the options of the user alone decide is the same in all.</summary>
    public Envelope Envelope => Envelopes[0];
}

/// <summary>A tree with the patches planned for it.</summary>
/// <param name="Maintainers">Who gets patches for this tree; null unless requested.</param>
internal sealed record PlannedTree(
    string Tree,
    Envelope Envelope,
    PlannedSeries Planned,
    Provenance Provenance,
    string? BaseCommit,
    MaintainersIndex? Maintainers);

/// <param name="Recipients">Those that --cc-maintainers added.</param>
internal sealed record MadeSeries(string Tree, PatchSeries Series, IReadOnlyList<Recipient> Recipients)
{
    /// <summary>The trailers of replies that are in the patches.</summary>
    public required IReadOnlyList<ReceivedTrailer> Trailers { get; init; }
}

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
                    planned[at] = Plan(trees.Open(names[at]), names[at], request.Envelopes[at]);
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
        var envelope = tree.Envelope with { BaseCommit = request.WithBase ? tree.BaseCommit : null };
        if ((request.Before ?? before) is { } older && envelope.CoverLetter)
        {
            texts = texts with { RangeDiff = Since(older, PatchSeries.Of(tree.Planned, tree.Provenance, envelope, _created, texts)) };
        }

        var series = PatchSeries.Of(tree.Planned, tree.Provenance, envelope, _created, texts);
        if (tree.Maintainers is null)
        {
            return new MadeSeries(tree.Tree, series, []) { Trailers = [.. texts.Received.Except(series.Dropped)] };
        }

        var named = envelope.To.Concat(envelope.Cc).Concat(request.Drop).Select(AddressOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var recipients = tree.Maintainers.OfMails(series.Letters.Where(letter => series.Index.Patches.Contains(letter.FileName))
                .Select(letter => letter.Bytes))
            .Where(recipient => !named.Contains(recipient.Mailbox.Address))
            .ToList();
        envelope = envelope with { Cc = [.. envelope.Cc, .. recipients.Select(recipient => recipient.Mailbox.ToString())] };
        return new MadeSeries(tree.Tree, PatchSeries.Of(tree.Planned, tree.Provenance, envelope, _created, texts), recipients)
        {
            Trailers = [.. texts.Received.Except(series.Dropped)],
        };
    }

    public void Dispose()
    {
        foreach (var trees in _opened)
        {
            trees.Dispose();
        }
    }

    private static string AddressOf(string text) => Person.TryParse(text)?.Mail ?? text;

    private PlannedTree Plan(KernelTree tree, string name, Envelope envelope)
    {
        var people = envelope.Maintainers.Select(person => person.ToString()).ToList();
        var planned = SeriesPlanner.Plan(tree, [.. request.Drivers.Select(driver => driver.MaintainedBy(people))], request.Parts);
        var provenance = Provenance.Of(planned, request.Parts, request.Kind, request.Origin);
        return new PlannedTree(
            name,
            envelope with { Prefix = envelope.Prefix.Replace(EnvelopeOptions.LineWord, provenance.Line, StringComparison.Ordinal) },
            planned,
            provenance,
            (tree as CommitTree)?.Commit,
            request.CcMaintainers ? MaintainersIndex.Of(tree) : null);
    }

    /// <summary>The range-diff from the series in a folder; each of the two is on the base of its own.</summary>
    /// <param name="now">The patches of the new series, without its cover letter.</param>
    private static ByteString Since(string folder, PatchSeries now)
    {
        var stored = Directory.Exists(folder) ? SeriesFolder.Read(folder) : new Dictionary<string, ByteString>();
        var index = SeriesFolder.IndexOf(folder, stored) ?? throw IntreeFailure.NotUnderstood(
            $"--range-diff: {folder} holds no series",
            "name a folder that ksocket-intree series wrote");
        if (index.Patches.FirstOrDefault(name => !stored.ContainsKey(name)) is { } missing)
        {
            throw IntreeFailure.NotUnderstood(
                $"--range-diff: {Path.Combine(folder, missing)} is not there",
                $"write it again: ksocket-intree verify --write {folder}");
        }

        var heading = ByteString.OfText($"Range-diff against v{index.Envelope.Revision ?? 1}:\n");
        var patches = now.Letters.Where(letter => now.Index.Patches.Contains(letter.FileName)).Select(letter => letter.Bytes);
        return ByteString.Concat(heading, RangeDiff.Between([.. index.Patches.Select(name => stored[name])], [.. patches]));
    }
}

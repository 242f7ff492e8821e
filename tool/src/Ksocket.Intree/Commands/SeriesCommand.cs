// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Concurrent;
using System.CommandLine;
using System.CommandLine.Parsing;
using Ksocket.Intree.Answers;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Mail;
using Ksocket.Intree.Core.Series;
using Ksocket.Intree.Files;
using Ksocket.Intree.Git;
using Ksocket.Intree.Options;
using Ksocket.Intree.Output;
using Ksocket.Intree.Trees;

namespace Ksocket.Intree.Commands;

/// <summary>Turns the plan of each tree into mails for git am and a quilt series; checks nothing out.</summary>
internal static class SeriesCommand
{
    private static readonly Argument<string[]> Trees = new("TREE")
    {
        Description = "Commits as REPO@REV, or top folders of kernel trees; the current folder by default",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string?> Output = new("--output-directory", "-o")
    {
        HelpName = "DIR",
        Description = "Where to write: one series into DIR, several into a subfolder for each kernel line; ksocket-LINE by default",
    };

    private static readonly Option<bool> Stdout = new("--stdout") { Description = "Write the mails to stdout, for git am" };

    private static readonly Option<bool> NoBase = new("--no-base") { Description = "Leave out the base-commit line" };

    private static readonly Option<string?> RangeDiffOption = new("--range-diff")
    {
        HelpName = "DIR",
        Description = "Show in the cover letter what changed since the series in DIR",
    };

    private static readonly Option<string[]?> ProofOption = new("--proof")
    {
        HelpName = "FILE",
        Description = "Show in the cover letter what prove --json answered; may be repeated",
    };

    private static readonly Option<TreeKind> Kind = new("--kind")
    {
        HelpName = "vanilla|distribution|fork",
        Description = "What kind of kernel the trees are; recorded in the series file",
        CustomParser = result => EnumWord.Read<TreeKind>("--kind", result),
    };

    private static readonly Option<string?> Origin = new("--origin")
    {
        HelpName = "TEXT",
        Description = "Where the trees come from; recorded in the series file",
    };

    private static readonly Option<IReadOnlyList<Part>?> PartsOption = Arguments.Parts("all");

    /// <summary>More read the same pack at once than a disk has use for, and each keeps trees and blobs of its own.</summary>
    private const int MostWorkers = 4;

    private static readonly ByteString Newline = ByteString.Of("\n"u8);

    public static Verb Create()
    {
        var verb = new Verb("series", "Write the integration as a patch series for each tree, ready to mail", Run)
        {
            Trees, Output, Stdout,
            EnvelopeOptions.Revision, EnvelopeOptions.CoverLetter, EnvelopeOptions.Prefix, EnvelopeOptions.To, EnvelopeOptions.Cc,
            EnvelopeOptions.SignOff, EnvelopeOptions.Author, EnvelopeOptions.Date,
            NoBase, RangeDiffOption, ProofOption, Kind, Origin, PartsOption,
        };
        verb.Validators.Add(EnvelopeOptions.Validate);
        verb.Validators.Add(Validate);
        return verb;
    }

    private static void Validate(CommandResult result)
    {
        var many = result.GetValue(Trees)?.Length > 1;
        var cover = result.GetValue(EnvelopeOptions.CoverLetter);
        if (result.GetValue(Stdout) && (result.GetValue(Output) is not null || result.GetValue(CommonOptions.Json) || many))
        {
            result.AddError("--stdout writes one series of mails; it excludes -o, --json and further trees");
        }

        if (result.GetValue(RangeDiffOption) is not null && (!cover || many))
        {
            result.AddError("--range-diff goes into the cover letter of one series; add --cover-letter, and name one tree");
        }

        if (result.GetValue(ProofOption) is { Length: > 0 } && !cover)
        {
            result.AddError("--proof goes into the cover letter; add --cover-letter");
        }
    }

    private sealed record Request(
        Envelope Envelope,
        bool WithBase,
        string? Output,
        string? Before,
        string[] Proofs,
        TreeKind Kind,
        string Origin,
        IReadOnlyList<Part> Parts);

    private static VerbOutcome Run(ParseResult parse, Terminal terminal)
    {
        var names = parse.GetValue(Trees) is { Length: > 0 } given ? given : ["."];
        var request = new Request(
            EnvelopeOptions.Read(parse, names[0]),
            !parse.GetValue(NoBase),
            parse.GetValue(Output),
            parse.GetValue(RangeDiffOption),
            parse.GetValue(ProofOption) ?? [],
            parse.GetValue(Kind),
            parse.GetValue(Origin) ?? "",
            parse.GetValue(PartsOption) ?? Parts.All);
        if (parse.GetValue(Stdout))
        {
            // One after the other, as git writes them: an empty line between two mails.
            using var trees = new OpenTrees();
            var letters = Make(request, trees, names[0], new CreatedFiles()).Letters;
            var pieces = letters.SelectMany((letter, at) => (ByteString[])[at == 0 ? default : Newline, letter.Bytes]);
            var mails = ByteString.Concat([.. pieces]);
            return new VerbOutcome(ExitCode.Done) { Text = terminal => terminal.AnswerBytes(mails) };
        }

        // Everything is decided and every place looked at before the first byte is written.
        var all = MakeAll(request, names);
        var folders = Folders(request, [.. all.Select(made => made.Series.Index.Provenance)]);
        folders.ForEach(SeriesFolder.RefuseForeign);
        List<Written> written = [.. all.Zip(folders, (made, folder) => new Written(made.Tree, made.Series, folder))];
        using (Interruption.Ignore())
        {
            written.ForEach(one => SeriesFolder.Write(one.Folder, one.Series));
        }

        var options = request.Envelope.CoverLetter ? "-s" : "-s and --cover-letter";
        return VerbOutcome.Of(
            ExitCode.Done,
            terminal => Write(terminal, written),
            new SeriesAnswer([.. written.Select(AnswerOf)]),
            AnswerJson.Default.SeriesAnswer) with
        {
            Changed = true,
            Advice = [.. EnvelopeOptions.Unsigned(request.Envelope, "mail", options)],
        };
    }

    private sealed record Written(string Tree, PatchSeries Series, string Folder);

    private static OneSeriesAnswer AnswerOf(Written one) => new(
        one.Tree,
        one.Series.Index.Provenance.Kernel,
        one.Folder,
        one.Series.Index.Envelope.BaseCommit,
        [.. one.Series.Letters.Select(letter => letter.FileName)]);

    private static void Write(Terminal terminal, IEnumerable<Written> all)
    {
        foreach (var one in all)
        {
            terminal.Answer(
                terminal.Strong(
                    $"linux {one.Series.Index.Provenance.Kernel}: ") + $"{one.Series.Index.Patches.Length} patches in {one.Folder}");
        }
    }

    /// <summary>Each worker opens the repositories for itself: libgit2's handles serve one thread.</summary>
    private static List<(string Tree, PatchSeries Series)> MakeAll(Request request, string[] names)
    {
        var created = new CreatedFiles();
        var made = new PatchSeries[names.Length];
        var failures = new ConcurrentDictionary<int, IntreeFailure>();
        Parallel.ForEach(
            Partitioner.Create(Enumerable.Range(0, names.Length), EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = Math.Min(MostWorkers, Environment.ProcessorCount) },
            () => new OpenTrees(),
            (at, _, trees) =>
            {
                try
                {
                    made[at] = Make(request, trees, names[at], created);
                }
                catch (IntreeFailure failure)
                {
                    failures[at] = failure;
                }

                return trees;
            },
            trees => trees.Dispose());
        return failures.IsEmpty ? [.. names.Zip(made)] : throw failures.MinBy(failure => failure.Key).Value;
    }

    private static PatchSeries Make(Request request, OpenTrees trees, string name, CreatedFiles created)
    {
        var driver = DriverSource.Bundled;
        var tree = trees.Open(name);
        var planned = SeriesPlanner.Plan(tree, driver, request.Parts);
        var envelope = request.Envelope with { BaseCommit = request.WithBase ? (tree as CommitTree)?.Commit : null };
        var provenance = Provenance.Of(planned, driver, request.Parts, request.Kind, request.Origin);
        return PatchSeries.Of(planned, provenance, envelope, created, new CoverNotes(
            request.Proofs.Length > 0 ? ProvedText.Read(request.Proofs, provenance.Driver) : "",
            request.Before is null ? default : Since(request.Before, planned, provenance, envelope)));
    }

    private static ByteString Since(string folder, PlannedSeries planned, Provenance provenance, Envelope envelope)
    {
        var stored = Directory.Exists(folder) ? SeriesFolder.Read(folder) : new Dictionary<string, ByteString>();
        var index = SeriesFolder.IndexOf(folder, stored)
            ?? throw IntreeFailure.NotUnderstood(
                $"--range-diff: {folder} holds no series",
                "name a folder that ksocket-intree series wrote");
        var now = PatchSeries.Of(planned, provenance, envelope with { CoverLetter = false, BaseCommit = null }, new CreatedFiles()).Letters;
        var before = index.Patches.Select(name => stored.GetValueOrDefault(name));
        var heading = ByteString.OfText($"Range-diff against v{index.Envelope.Revision ?? 1}:\n");
        return ByteString.Concat(heading, RangeDiff.Between(planned, now, [.. before]));
    }

    /// <summary>Where each series goes; two of one kernel line get their release as name.</summary>
    private static List<string> Folders(Request request, IReadOnlyList<Provenance> series)
    {
        if (series.Count == 1 && request.Output is not null)
        {
            return [request.Output];
        }

        var prefix = request.Output is null ? "ksocket-" : "";
        var folders = series.Select(one => Path.Combine(request.Output ?? "", prefix + NameOf(one, series))).ToList();
        var twice = series.GroupBy(one => one.Kernel).FirstOrDefault(group => group.Count() > 1)?.Key;
        return folders.Distinct().Count() == folders.Count
            ? folders
            : throw IntreeFailure.InTheWay(
                $"two of the trees are linux {twice}, so their series would share a folder",
                "make one series at a time, each with its -o DIR");
    }

    private static string NameOf(
        Provenance one,
        IReadOnlyList<Provenance> all) => all.Count(other => other.Line == one.Line) > 1 ? one.Kernel : one.Line;
}

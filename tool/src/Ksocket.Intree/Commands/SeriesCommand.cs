// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using Ksocket.Intree.Answers;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Mail;
using Ksocket.Intree.Core.Series;
using Ksocket.Intree.Files;
using Ksocket.Intree.Git;
using Ksocket.Intree.Words;

namespace Ksocket.Intree.Commands;

/// <summary>Turns the plan of each tree into mails for git am and a quilt series; checks nothing out.</summary>
internal static class SeriesCommand
{
    private static readonly Argument<string[]> Trees = new("TREE") { Description = "Commits as REPO@REV, or tops of kernel trees; the current folder by default", DefaultValueFactory = _ => ["."] };

    private static readonly Option<string?> Output = new("-o", "--output-directory") { HelpName = "DIR", Description = "Where to write: one series into DIR, several into a folder of it for each kernel line; ksocket-LINE by default" };

    private static readonly Option<bool> Stdout = new("--stdout") { Description = "Write the mails to stdout, for git am" };

    private static readonly Option<bool> NoBase = new("--no-base") { Description = "Leave the base-commit line out" };

    private static readonly Option<string?> RangeDiffOption = new("--range-diff") { HelpName = "DIR", Description = "Tell in the cover letter what changed since the series in DIR" };

    private static readonly Option<string[]> ProofOption = new("--proof") { HelpName = "FILE", Description = "Show in the cover letter what prove --json answered; may be repeated", DefaultValueFactory = _ => [] };

    private static readonly Option<TreeKind> Kind = new("--kind") { HelpName = "vanilla|distribution|fork", Description = "What the trees are, for the record" };

    private static readonly Option<string> Origin = new("--origin") { HelpName = "TEXT", Description = "Where they come from, for the record", DefaultValueFactory = _ => "" };

    private static readonly Option<IReadOnlyList<Part>?> PartsOption = Arguments.Parts("all");

    public static Command Create(Terminal terminal)
    {
        var command = new Command("series", "Write the integration as a patch series for each tree, ready to mail")
        {
            Trees, Output, Stdout, EnvelopeOptions.Revision, EnvelopeOptions.CoverLetter, EnvelopeOptions.Prefix, EnvelopeOptions.To, EnvelopeOptions.Cc,
            EnvelopeOptions.SignOff, EnvelopeOptions.Author, EnvelopeOptions.Date, NoBase, RangeDiffOption, ProofOption, Kind, Origin, PartsOption,
        };
        command.Validators.Add(EnvelopeOptions.Validate);
        command.Validators.Add(result =>
        {
            if (result.GetValue(Stdout) && (result.GetValue(Output) is not null || result.GetValue(RootVerb.Json) || result.GetValue(Trees)?.Length > 1))
            {
                result.AddError("--stdout is one series of mails; leave -o, --json and further trees away");
            }
        });
        command.Validators.Add(result =>
        {
            if (result.GetValue(RangeDiffOption) is not null && (!result.GetValue(EnvelopeOptions.CoverLetter) || result.GetValue(Trees)?.Length > 1))
            {
                result.AddError("--range-diff goes into the cover letter of one series; add --cover-letter, and name one tree");
            }
        });
        command.Validators.Add(result =>
        {
            if (result.GetValue(ProofOption) is { Length: > 0 } && !result.GetValue(EnvelopeOptions.CoverLetter))
            {
                result.AddError("--proof goes into the cover letter; add --cover-letter");
            }
        });
        command.SetAction(parse => (int)Run(
            new Request(
                parse.GetRequiredValue(Trees), parse.GetValue(Output), parse.GetValue(Stdout), EnvelopeOptions.Read(parse), !parse.GetValue(NoBase), parse.GetValue(RangeDiffOption), parse.GetRequiredValue(ProofOption),
                parse.GetValue(Kind), parse.GetRequiredValue(Origin), parse.GetValue(PartsOption) ?? Parts.All),
            terminal));
        return command;
    }

    internal sealed record Request(string[] Trees, string? Output, bool Stdout, Envelope Envelope, bool WithBase, string? Before, string[] Proofs, TreeKind Kind, string Origin, IReadOnlyList<Part> Parts);

    internal static ExitCode Run(Request request, Terminal terminal)
    {
        using var trees = new OpenTrees();
        if (request.Stdout)
        {
            // One after the other, as git writes them: an empty line between two mails.
            var letters = Make(request, trees, request.Trees[0], new CreatedFiles()).Letters;
            terminal.AnswerBytes(ByteString.Concat([.. letters.SelectMany((letter, at) => at == 0 ? (ByteString[])[letter.Bytes] : [ByteString.Of("\n"u8), letter.Bytes])]));
            return ExitCode.Done;
        }

        // Everything is decided and every place looked at before the first byte is written.
        var created = new CreatedFiles();
        var all = request.Trees.Select(name => (Tree: name, Series: Make(request, trees, name, created))).ToList();
        var folders = Folders(request, [.. all.Select(made => made.Series.Index.Provenance)]);
        folders.ForEach(SeriesFolder.RefuseForeign);
        foreach (var (made, folder) in all.Zip(folders))
        {
            SeriesFolder.Write(folder, made.Series);
            if (!terminal.Json)
            {
                terminal.Answer(terminal.Strong($"linux {made.Series.Index.Provenance.Kernel}: ") + $"{made.Series.Index.Patches.Length} patches in {folder}");
            }
        }

        if (terminal.Json)
        {
            terminal.AnswerJson(
                new SeriesAnswer([.. all.Zip(folders, (made, folder) => new OneSeriesAnswer(made.Tree, made.Series.Index.Provenance.Kernel, folder, made.Series.Index.Envelope.BaseCommit, [.. made.Series.Letters.Select(letter => letter.FileName)]))]),
                AnswerJson.Default.SeriesAnswer);
        }
        else if (request.Envelope.SignedOffBy is null)
        {
            terminal.Talk($"nobody signed these; to mail them, sign them: add -s{(request.Envelope.CoverLetter ? "" : ", and --cover-letter")}");
        }

        return ExitCode.Done;
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
            ?? throw IntreeFailure.NotUnderstood($"--range-diff: {folder} holds no series", "name a folder that ksocket-intree series wrote");
        var now = PatchSeries.Of(planned, provenance, envelope with { CoverLetter = false, BaseCommit = null }, new CreatedFiles()).Letters;
        var difference = RangeDiff.Between(planned, now, [.. index.Patches.Select(name => stored.GetValueOrDefault(name))]);
        return ByteString.Concat(ByteString.OfText($"Range-diff against v{index.Envelope.Revision ?? 1}:\n"), difference);
    }

    /// <summary>Where each series goes; two of one kernel line are told apart by their release.</summary>
    private static List<string> Folders(Request request, IReadOnlyList<Provenance> series)
    {
        if (series.Count == 1 && request.Output is not null)
        {
            return [request.Output];
        }

        var folders = series.Select(one => Path.Combine(request.Output ?? "", (request.Output is null ? "ksocket-" : "") + (series.Count(other => other.Line == one.Line) > 1 ? one.Kernel : one.Line))).ToList();
        return folders.Distinct().Count() == folders.Count
            ? folders
            : throw IntreeFailure.InTheWay($"two of the trees say they are linux {series.GroupBy(one => one.Kernel).First(group => group.Count() > 1).Key}, so their series would share a folder", "make one series at a time, each with its -o DIR");
    }
}

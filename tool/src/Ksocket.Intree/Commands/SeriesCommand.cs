// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using System.CommandLine.Parsing;
using Ksocket.Intree.Answers;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Series;
using Ksocket.Intree.Files;
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
        Description = "Where to write: one series into DIR, several into a subfolder for each kernel line; ksocket-LINE by default. "
            + "From revision 2 on, -vN is added to the name",
    };

    private static readonly Option<bool> Stdout = new("--stdout") { Description = "Write the mails to stdout, for git am" };

    private static readonly Option<bool> NoBase = new("--no-base") { Description = "Leave out the base-commit line" };

    private static readonly Option<string?> RangeDiffOption = new("--range-diff")
    {
        HelpName = "DIR",
        Description = "Show in the cover letter, which this adds, what changed since the series in DIR",
    };

    private static readonly Option<string[]?> ProofOption = new("--proof")
    {
        HelpName = "FILE",
        Description = "Show in the cover letter, which this adds, what prove --json answered; may be repeated",
    };

    private static readonly Option<bool> CcMaintainers = new("--cc-maintainers")
    {
        Description = "Add a Cc: for each recipient that the tree's MAINTAINERS names for the series, and print the reasons",
    };

    private static readonly Option<string[]?> Drop = new("--drop")
    {
        HelpName = "ADDRESS",
        Description = "Leave out a recipient that --cc-maintainers would add; may be repeated",
    };

    private static readonly Option<string?> TrailersFrom = new("--trailers-from")
    {
        HelpName = "FILE",
        Description = "Add the Reviewed-by and other trailers of the replies in this mbox or maildir to the patches they answer",
    };

    private static readonly Option<bool> Sloppy = new("--sloppy-trailers")
    {
        Description = "Also take trailers that name another person than the sender of the reply; an option of b4, too",
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

    private static readonly ByteString Newline = ByteString.Of("\n"u8);

    public static Verb Create()
    {
        var verb = new Verb("series", "Write the integration as a patch series for each tree, ready to mail", Run)
        {
            Trees, Arguments.With, Arguments.Only, Output, Stdout,
            EnvelopeOptions.Revision, EnvelopeOptions.CoverLetter, EnvelopeOptions.Prefix, EnvelopeOptions.To, EnvelopeOptions.Cc,
            CcMaintainers, Drop,
            EnvelopeOptions.SignOff, EnvelopeOptions.Author, EnvelopeOptions.Maintainer, EnvelopeOptions.Date,
            EnvelopeOptions.NoGitConfig, NoBase, RangeDiffOption, TrailersFrom, Sloppy, ProofOption, Kind, Origin, PartsOption,
        };
        verb.Validators.Add(EnvelopeOptions.Validate);
        verb.Validators.Add(Validate);
        verb.Validators.Add(Arguments.RefuseOnly);
        return verb;
    }

    private static void Validate(CommandResult result)
    {
        var many = result.GetValue(Trees)?.Length > 1;
        if (result.GetValue(Stdout) && (result.GetValue(Output) is not null || result.GetValue(CommonOptions.Json) || many))
        {
            result.AddError("--stdout writes one series of mails; it excludes -o, --json and further trees");
        }

        if (result.GetValue(TrailersFrom) is null ? result.GetValue(Sloppy) : result.GetValue(Stdout))
        {
            result.AddError("--trailers-from reads replies to a series in a folder: it excludes --stdout, and --sloppy-trailers needs it");
        }

        if (result.GetValue(RangeDiffOption) is not null && many)
        {
            result.AddError("--range-diff is for one series; name one tree");
        }

        if (result.GetValue(Drop) is { Length: > 0 } && !result.GetValue(CcMaintainers))
        {
            result.AddError("--drop leaves out a recipient of --cc-maintainers; add that option");
        }
    }

    private static VerbOutcome Run(ParseResult parse, Terminal terminal)
    {
        var names = parse.GetValue(Trees) is { Length: > 0 } given ? given : ["."];
        var settings = EnvelopeOptions.Settings(parse, names);
        var request = new SeriesRequest(
            [.. names.Zip(settings, (name, one) => EnvelopeOptions.Read(parse, name, one, names.Length > 1, NeedsCover(parse)))],
            !parse.GetValue(NoBase),
            parse.GetValue(Output),
            parse.GetValue(RangeDiffOption),
            parse.GetValue(ProofOption) ?? [],
            parse.GetValue(CcMaintainers),
            parse.GetValue(Drop) ?? [],
            parse.GetValue(TrailersFrom),
            parse.GetValue(Sloppy),
            parse.GetValue(Kind),
            parse.GetValue(Origin) ?? "",
            parse.GetValue(PartsOption) ?? Parts.All,
            NamedDrivers.Read(parse.GetValue(Arguments.With), parse.GetValue(Arguments.Only)));
        List<string> fromGit = [.. request.Envelopes.Zip(settings)
            .SelectMany(one => EnvelopeOptions.SettingNotes(parse, one.First, one.Second)).Distinct()];
        using var maker = new SeriesMaker(request);
        if (parse.GetValue(Stdout))
        {
            // One after the other, as git writes them: an empty line between two mails.
            var series = maker.Make(maker.Plan(names)[0], SenderTexts.None).Series;
            var pieces = series.Letters.SelectMany((letter, at) => (ByteString[])[at == 0 ? default : Newline, letter.Bytes]);
            var mails = ByteString.Concat([.. pieces]);
            return new VerbOutcome(ExitCode.Done)
            {
                Text = terminal => terminal.AnswerBytes(mails),
                Notes = [.. fromGit, .. RepositoryNote.ForSeries(names[0], series)],
            };
        }

        // Everything is decided and every place looked at before the first byte is written.
        var planned = maker.Plan(names);
        var places = SeriesPlaces.Of(request.Output, request.Envelope.Revision, [.. planned.Select(one => one.Provenance)]);
        var replies = places.Select(place => place.Replies(request)).ToList();
        var made = planned.Zip(places, replies)
            .Select(one => maker.Make(one.First, one.Second.Texts(one.First.Provenance, request, one.Third), one.Second.Before))
            .ToList();
        var edited = new List<string>();
        using (Interruption.Ignore())
        {
            foreach (var (one, place) in made.Zip(places))
            {
                edited.AddRange(SeriesFolder.Write(place.Folder, one.Series, isRecorded: true));
            }
        }

        var written = made.Zip(places, (one, place) => (Made: one, place.Folder)).ToList();
        var options = request.Envelope.CoverLetter ? "-s" : "-s and --cover-letter";
        return VerbOutcome.Of(
            ExitCode.Done,
            terminal => written.ForEach(one => Write(terminal, one.Made, one.Folder)),
            new SeriesAnswer([.. written.Select(one => AnswerOf(one.Made, one.Folder))]),
            AnswerJson.Default.SeriesAnswer) with
        {
            Changed = true,
            Notes =
            [
                .. fromGit,
                .. replies.SelectMany(one => one.Notes).Select(note => "warning: " + note),
                .. edited,
                .. written.SelectMany(one => one.Made.Series.DroppedNotes),
                .. written.SelectMany(one => RepositoryNote.ForSeries(one.Made.Tree, one.Made.Series)),
            ],
            Advice = [.. EnvelopeOptions.Unsigned(request.Envelope, "mail", options)],
        };
    }

    /// <summary>Whether there is something to say that only a cover letter has room for.</summary>
    private static bool NeedsCover(ParseResult parse) =>
        parse.GetValue(RangeDiffOption) is not null || parse.GetValue(ProofOption) is { Length: > 0 };

    private static OneSeriesAnswer AnswerOf(MadeSeries one, string folder) => new(
        one.Tree,
        one.Series.Index.Provenance.Kernel,
        folder,
        one.Series.Index.Envelope.BaseCommit,
        [.. one.Series.Letters.Select(letter => letter.FileName)],
        [.. one.Recipients.Select(RecipientAnswer.Of)],
        [.. one.Trailers.Select(TrailerAnswer.Of)],
        [.. one.Series.Dropped.Select(TrailerAnswer.Of)]);

    private static void Write(Terminal terminal, MadeSeries one, string folder)
    {
        var release = terminal.Strong($"linux {one.Series.Index.Provenance.Kernel}: ");
        terminal.Answer(release + $"{one.Series.Index.Patches.Length} patches in {folder}");
        foreach (var recipient in one.Recipients)
        {
            terminal.Answer($"  {recipient.Mailbox}: {recipient.Reason}");
        }

        foreach (var trailer in one.Trailers)
        {
            terminal.Answer($"  {trailer.Topic}: {trailer.Line}, in <{trailer.Reply}>");
        }
    }
}

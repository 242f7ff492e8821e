// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using System.Globalization;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Mail;

namespace Ksocket.Intree.Core.Series;

/// <summary>
/// What is beside the patches in meta, each text in a file of its own. The first five are the sender's, written at most
/// once as a proposal; the last four are generated. A text is UTF-8 and ends in a newline, or is empty.
/// </summary>
public sealed record SenderTexts
{
    public const string CoverName = SeriesFile.Folder + "/cover";
    public const string ProvedName = SeriesFile.Folder + "/proved";
    public const string RangeDiffName = SeriesFile.Folder + "/range-diff";

    private const string ChangesPrefix = SeriesFile.Folder + "/changes.v";
    private const string LinkPrefix = SeriesFile.Folder + "/link.v";
    private const string NotesPrefix = SeriesFile.Folder + "/notes.";
    private const string TrailersPrefix = SeriesFile.Folder + "/trailers.";

    public static SenderTexts None { get; } = new();

    /// <summary>The subject of the cover letter, an empty line and its text; null for a proposal.</summary>
    public string? Cover { get; init; }

    /// <summary>By revision, what changed since the one before it.</summary>
    public ImmutableSortedDictionary<int, string> Changes { get; init; } = ImmutableSortedDictionary<int, string>.Empty;

    /// <summary>By topic, text between the "---" of a patch and its diffstat, which git am drops.</summary>
    public ImmutableDictionary<string, string> Notes { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>By topic, lines like "Reviewed-by: ..." before the sign-off.</summary>
    public ImmutableDictionary<string, string> Trailers { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>By revision, the Message-ID of its first mail, without brackets.</summary>
    public ImmutableSortedDictionary<int, string> Links { get; init; } = ImmutableSortedDictionary<int, string>.Empty;

    /// <summary>The trailers that came in replies. Each goes with the patch for which it was given, as long as that is the same.</summary>
    public ImmutableArray<ReceivedTrailer> Received { get; init; } = [];

    /// <summary>What was built and booted.</summary>
    public string Proved { get; init; } = "";

    /// <summary>What changed since the revision before, as git range-diff prints it.</summary>
    public ByteString RangeDiff { get; init; }

    /// <summary>The files that are generated from these texts.</summary>
    public IEnumerable<Letter> Generated =>
    [
        .. Proved.Length > 0 ? [FileOf(ProvedName, Proved)] : (Letter[])[],
        .. RangeDiff.IsEmpty ? (Letter[])[] : [new Letter(RangeDiffName, [RangeDiff])],
        .. Received.IsEmpty ? (Letter[])[] : [new Letter(ReceivedTrailers.Name, [ReceivedTrailers.Write(Received)])],
        .. Links.Select(link => FileOf(LinkPrefix + link.Key.ToString(CultureInfo.InvariantCulture), link.Value + "\n")),
    ];

    /// <summary>The texts of the sender as files, for a folder that lacks them.</summary>
    public IEnumerable<Letter> Proposed =>
    [
        .. Cover is null ? (Letter[])[] : [FileOf(CoverName, Cover)],
        .. Changes.Select(change => FileOf(ChangesPrefix + change.Key.ToString(CultureInfo.InvariantCulture), change.Value)),
        .. Notes.Select(note => FileOf(NotesPrefix + note.Key, note.Value)),
        .. Trailers.Select(trailer => FileOf(TrailersPrefix + trailer.Key, trailer.Value)),
    ];

    /// <summary>The lines before the sign-off of a patch: the sender's own, then those of replies that the sender has not.</summary>
    public string TrailersOf(string topic)
    {
        var own = Trailers.GetValueOrDefault(topic, "");
        var lines = own.Split('\n').ToHashSet(StringComparer.OrdinalIgnoreCase);
        return own + string.Concat(Received.Where(one => one.Topic == topic && lines.Add(one.Line)).Select(one => one.Line + "\n"));
    }

    /// <param name="files">The files of a series folder, by their path in it.</param>
    public static SenderTexts Read(IReadOnlyDictionary<string, ByteString> files) => new()
    {
        Cover = files.ContainsKey(CoverName) ? Text(files, CoverName) : null,
        Changes = Numbered(files, ChangesPrefix).ToImmutableSortedDictionary(pair => pair.Number, pair => pair.Text),
        Links = Numbered(files, LinkPrefix).ToImmutableSortedDictionary(pair => pair.Number, pair => pair.Text.Trim()),
        Notes = Named(files, NotesPrefix),
        Trailers = Named(files, TrailersPrefix),
        Received = files.TryGetValue(ReceivedTrailers.Name, out var replies) ? ReceivedTrailers.Read(replies) : [],
        Proved = Text(files, ProvedName),
        RangeDiff = files.GetValueOrDefault(RangeDiffName),
    };

    /// <summary>The name of the file that says what changed in a revision.</summary>
    public static string ChangesName(int revision) => ChangesPrefix + revision.ToString(CultureInfo.InvariantCulture);

    public static string NotesName(string topic) => NotesPrefix + topic;

    public static string TrailersName(string topic) => TrailersPrefix + topic;

    private static ImmutableDictionary<string, string> Named(IReadOnlyDictionary<string, ByteString> files, string prefix)
    {
        var topics = files.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Select(name => name[prefix.Length..]);
        return topics.ToImmutableDictionary(
            topic => topic,
            topic => IsTopic(topic) ? Text(files, prefix + topic) : throw Unknown(prefix + topic));
    }

    private static IntreeFailure Unknown(string name) => IntreeFailure.NotUnderstood(
        $"{name} belongs to no patch, so its text would be in no mail",
        $"rename it; the topics are {string.Join(", ", DriverSource.Bundled.Topics.All.Select(topic => topic.Name))}");

    /// <summary>Whether a series may have a patch of this topic: one of ksocket, or DRIVER-TOPIC of another driver.</summary>
    internal static bool IsTopic(string name) =>
        DriverSource.Bundled.Topics.All.Any(topic => topic.Name == name) || name.Contains('-', StringComparison.Ordinal);

    private static IEnumerable<(int Number, string Text)> Numbered(IReadOnlyDictionary<string, ByteString> files, string prefix) =>
        from name in files.Keys
        where name.StartsWith(prefix, StringComparison.Ordinal)
        let number = int.TryParse(name[prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0
        where number > 0
        select (number, Text(files, name));

    private static string Text(IReadOnlyDictionary<string, ByteString> files, string name)
    {
        if (!files.TryGetValue(name, out var bytes))
        {
            return "";
        }

        var text = bytes.TryToText() ?? throw IntreeFailure.NotUnderstood($"{name} is not UTF-8", "save it as UTF-8");
        var trimmed = text.ReplaceLineEndings("\n").TrimEnd();
        return trimmed.Length > 0 ? trimmed + "\n" : "";
    }

    private static Letter FileOf(string name, string text) => new(name, [ByteString.OfText(text)]);
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Mail;

namespace Ksocket.Intree.Core.Series;

/// <summary>
/// The file of the trailers that came in replies: UTF-8, a line for each, with its four values and a blank between them.
/// </summary>
public static class ReceivedTrailers
{
    public const string Name = SeriesFile.Folder + "/replies";

    private const string FirstLine = "# ksocket-intree replies, format 1";
    private const string Legend = "# topic, SHA-256 of what the patch changes, Message-ID of the reply, trailer";
    private const int DigestLength = 64;

    public static ImmutableArray<ReceivedTrailer> Read(ByteString file)
    {
        var text = file.TryToText() ?? throw Wrong(1, "it is not UTF-8");
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        return lines[0] != FirstLine && !file.IsEmpty
            ? throw Wrong(1, $"the first line is '{lines[0]}', not '{FirstLine}'")
            : [.. from line in lines.Index()
                  where line.Item.Length > 0 && line.Item[0] != '#'
                  select Parse(line.Index + 1, line.Item)];
    }

    public static ByteString Write(IEnumerable<ReceivedTrailer> trailers) => ByteString.OfText(string.Concat(
        trailers.Select(one => $"{one.Topic} {one.Digest} {one.Reply} {one.Line}\n").Prepend($"{FirstLine}\n{Legend}\n")));

    /// <summary>Those that were given for what the patch of their topic still changes, each trailer once.</summary>
    /// <param name="patches">The patches of the series, by topic.</param>
    public static ImmutableArray<ReceivedTrailer> StillFor(
        IEnumerable<ReceivedTrailer> trailers,
        IReadOnlyDictionary<string, Patch> patches)
    {
        var digests = new Dictionary<string, string>(StringComparer.Ordinal);
        return
        [
            .. trailers.Where(one => patches.ContainsKey(one.Topic) && DigestOf(one.Topic) == one.Digest)
                .DistinctBy(one => (one.Topic, one.Line.ToUpperInvariant())),
        ];

        string DigestOf(string topic) => digests.TryGetValue(topic, out var known)
            ? known
            : digests[topic] = PatchDigest.Of(ByteString.Concat([.. patches[topic].Files.Select(file => file.Bytes)]));
    }

    private static ReceivedTrailer Parse(int number, string line) =>
        line.Split(' ', 4) is [var topic, { Length: DigestLength } digest, var reply, var trailer]
            && SenderTexts.IsTopic(topic)
            && digest.All(char.IsAsciiHexDigitLower)
            && trailer.Contains(": ", StringComparison.Ordinal)
                ? new ReceivedTrailer(topic, digest, reply, trailer)
                : throw Wrong(number, $"'{line}' is not 'TOPIC SHA-256 MESSAGE-ID TRAILER'");

    private static IntreeFailure Wrong(int line, string what) => IntreeFailure.NotUnderstood(
        $"{Name}:{line}: {what}",
        "correct the line, or delete it and read the replies again: series --trailers-from");
}

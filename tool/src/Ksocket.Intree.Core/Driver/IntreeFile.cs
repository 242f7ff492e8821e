// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Driver;

/// <summary>
/// The one optional file of a driver's folder: what no other file there says. It has lines "place: FOLDER" and
/// "expect: TEXT", and texts: "message TOPIC:" and "cover:", each followed by lines that start with a tab. "files TOPIC: FILE..."
/// before a message names its files. A line that starts with '#' is a comment. tool/docs/drivers.md describes it.
/// </summary>
/// <param name="Place">Where the driver lands; null to leave it to the user.</param>
/// <param name="Expect">What a boot with the driver must print.</param>
/// <param name="Topics">The messages of its patches, in their order.</param>
/// <param name="Cover">A subject and what a series adds, for a cover letter.</param>
public sealed record IntreeFile(TreePath? Place, ImmutableArray<string> Expect, ImmutableArray<Topic> Topics, string Cover)
{
    public const string Name = "intree";

    /// <summary>Of a line that a boot must print.</summary>
    private const int LongestText = 200;

    public static IntreeFile None { get; } = new(null, [], [], "");

    /// <param name="name">The file's name in messages.</param>
    public static IntreeFile Read(string name, ByteString file)
    {
        var (place, expect, topics, cover) = (default(TreePath?), new List<string>(), new List<Topic>(), "");
        var files = new List<(string Topic, string File)>();
        var lines = ByteLines.Of(file);
        for (var at = 0; at < lines.Count;)
        {
            var line = lines[at++];
            var text = line.Bare.TryToText() ?? throw Wrong(name, line.Number, "the line is not UTF-8");
            if (text.Length == 0 || text[0] == '#')
            {
                continue;
            }

            if (text.Split(": ", 2) is ["place", var folder])
            {
                place = TreePath.TryParse(ByteString.OfText(folder))
                    ?? throw Wrong(name, line.Number, $"'{folder}' is no folder of a tree");
            }
            else if (text.Split(": ", 2) is ["expect", var wanted] && wanted.Length > 0)
            {
                expect.Add(wanted.Length <= LongestText && !wanted.Any(char.IsControl) ? wanted : throw Wrong(
                    name, line.Number, $"the text of expect: has a control character, or more than {LongestText} characters"));
            }
            else if (text == "cover:")
            {
                cover = Text(lines, ref at);
            }
            else if (text.Split(": ", 2) is [var key, var named] && key.Split(' ') is ["files", var of])
            {
                files.AddRange(named.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(file => (of, file)));
            }
            else if (text.EndsWith(':') && text[..^1].Split(' ') is ["message", var topic])
            {
                var own = files.Where(file => file.Topic == topic).Select(file => file.File);
                topics.Add(Message(name, line.Number, topic, [.. own], Text(lines, ref at)));
            }
            else
            {
                throw Wrong(name, line.Number, $"'{text}' is none of place:, expect:, cover:, files TOPIC: and message TOPIC:");
            }
        }

        return new(place, [.. expect], [.. topics], cover);
    }

    private static Topic Message(string name, int line, string topic, ImmutableArray<string> files, string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var part = topic switch { "samples" => Part.Samples, "docs" => Part.Docs, _ => Part.Driver };
        return topic is not ("driver" or "tests" or "samples" or "docs") && files.IsEmpty
            ? throw Wrong(name, line, $"the message '{topic}' names no files; without files it is driver, tests, samples or docs")
            : end < 0 ? throw Wrong(name, line, $"the message '{topic}' has no subject")
            : text.Split('\n').FirstOrDefault(StartsPatch) is { } patch
            ? throw Wrong(name, line, $"the message '{topic}' has the line '{patch}', which git am takes for the start of a patch")
            : new Topic(topic, part, text[..end], text[end..].TrimStart('\n')) { Files = files };
    }

    /// <summary>Whether git am takes a line for the end of a message (git-am(1)).</summary>
    internal static bool StartsPatch(string line) =>
        line.StartsWith("---", StringComparison.Ordinal)
        || line.StartsWith("diff -", StringComparison.Ordinal)
        || line.StartsWith("Index: ", StringComparison.Ordinal);

    /// <summary>The lines after a heading, without their tab; empty lines at the end are not part of it.</summary>
    private static string Text(IReadOnlyList<ByteLine> lines, ref int at)
    {
        var text = new List<string>();
        while (at < lines.Count && (lines[at].Bare.StartsWith("\t"u8) || lines[at].IsBlank))
        {
            text.Add(lines[at].Bare.ToString() is ['\t', .. var rest] ? rest : "");
            at++;
        }

        var last = text.FindLastIndex(line => line.Length > 0);
        return string.Concat(text.Take(last + 1).Select(line => line + "\n"));
    }

    private static IntreeFailure Wrong(string name, int line, string what) => IntreeFailure.NotUnderstood(
        $"{name}:{line}: {what}",
        "ksocket-intree's tool/docs/drivers.md describes this file");
}

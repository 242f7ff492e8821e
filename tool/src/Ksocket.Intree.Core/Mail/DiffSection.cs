// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using System.Globalization;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Mail;

/// <summary>A run of changed lines with its context.</summary>
/// <param name="Start">The first line in the file before, from 1.</param>
/// <param name="Heading">What follows the second "@@"; empty for none.</param>
/// <param name="Lines">Each with its sign, or a backslash for "No newline at end of file"; without newlines.</param>
public sealed record Hunk(int Start, ByteString Heading, ImmutableArray<ByteString> Lines);

/// <summary>
/// What a mail changes in one file (git manual, "Generating patch text with -p"). The counts of each hunk say where it
/// ends, so a signature or a base-commit line after the last is never taken for a part of it.
/// </summary>
/// <param name="Mode">The mode of a file that the patch creates, such as "100644"; null for a file that is there already.</param>
public sealed record DiffSection(TreePath Path, string? Mode, ImmutableArray<Hunk> Hunks)
{
    private const int Context = 3;

    /// <summary>The sections of a patch, in its order. Those of paths that no kernel tree can have are left out.</summary>
    public static ImmutableArray<DiffSection> In(ByteString mail) => DiffSectionReader.Read(ByteLines.Of(mail));

    /// <summary>
    /// A file to which the section applies and from which git makes the same section again. The lines that the patch does not
    /// show are filled with others: a blank in front keeps git from taking one for a heading, and a number from taking two
    /// for the same.
    /// </summary>
    public ByteString PreImage()
    {
        var (file, line) = (new ByteBuilder(), 1);
        foreach (var hunk in Hunks)
        {
            for (; line < hunk.Start; line++)
            {
                file.Append(line == hunk.Start - 1 && !hunk.Heading.IsEmpty ? hunk.Heading : Filler(line)).Append("\n");
            }

            for (var at = 0; at < hunk.Lines.Length; at++)
            {
                if (hunk.Lines[at].Span is [(byte)' ' or (byte)'-', ..])
                {
                    file.Append(hunk.Lines[at].Slice(1)).Append(IsCut(hunk, at) ? "" : "\n");
                    line++;
                }
            }
        }

        // As much context after a hunk as git prints at most: the file goes on.
        if (Hunks is [.., var last] && last.Lines.Reverse().TakeWhile(text => text.StartsWith(" "u8)).Count() == Context)
        {
            file.Append(Filler(line)).Append("\n");
        }

        return file.ToBytes();
    }

    private static bool IsCut(Hunk hunk, int at) => at + 1 < hunk.Lines.Length && hunk.Lines[at + 1].StartsWith("\\"u8);

    private static ByteString Filler(int line) => ByteString.OfText(string.Create(CultureInfo.InvariantCulture, $" line {line}"));
}

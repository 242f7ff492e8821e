// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Kbuild;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Driver;

/// <summary>Where a hook was found in a file: the first line that adds its target to the build.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Start">Where the line starts in the file.</param>
/// <param name="Text">The line, for messages.</param>
public readonly record struct Trace(int Number, int Start, string Text);

/// <summary>Lines that a driver adds to a file of the kernel: where they go, and how to remove them.</summary>
/// <param name="Text">One line or more, without the newline of the last.</param>
/// <param name="Target">The file or folder that the hook adds.</param>
public sealed record Hook(Part Part, HookKind Kind, TreePath Path, ByteString Text, Anchor Anchor, TreePath Target)
{
    private static ReadOnlySpan<byte> MaintainedLine => "M:\t"u8;

    /// <summary>
    /// The MAINTAINERS entry with an M: line for each person, below its title; any other hook as it is. A series has them;
    /// apply does not, for whoever applies a driver to a tree need not maintain it.
    /// </summary>
    /// <param name="people">As "Name &lt;mail@host&gt;".</param>
    public Hook MaintainedBy(IEnumerable<string> people)
    {
        if (Kind != HookKind.Maintainers)
        {
            return this;
        }

        var lines = ByteLines.Of(Text);
        var rest = lines.Skip(1).First(line => !line.Bytes.StartsWith(MaintainedLine)).Start;
        var added = people.Select(person => ByteString.OfText($"M:\t{person}\n"));
        return this with { Text = ByteString.Concat([Text.Slice(0, lines[0].End), .. added, Text.Slice(rest)]) };
    }

    /// <summary>The Kconfig symbol that enables the hooked folder; null for a hook that builds nothing.</summary>
    public string? Symbol { get; init; }

    public ByteString Apply(ByteString file) => Anchor.Place(Path, file, Text).Into(file);

    /// <summary>
    /// Removes the lines: the exact inverse of <see cref="Apply"/> if nothing else moved. Of the few ways to remove them,
    /// it takes the one that Apply would undo. If other entries were added after them, it removes the lines and the blank
    /// line that separates them.
    /// </summary>
    public ByteString Revert(ByteString file)
    {
        var found = Traces(file).First(trace => IsOurs(file, trace));
        if (FormAt(file, found) is var form && form.Text != Text)
        {
            return form.Revert(file);
        }

        var lines = ByteLines.Of(file);
        var at = found.Number - 1;
        var last = at + Text.Span.Count((byte)'\n');
        var (start, end) = (lines[at].Start, lines[last].End);
        var blankBefore = at > 0 && lines[at - 1].IsBlank;
        var blankAfter = last + 1 < lines.Count && lines[last + 1].IsBlank;

        List<(int From, int To)> ways = [(start, end)];
        if (blankAfter)
        {
            ways.Insert(0, (start, lines[last + 1].End));
        }

        if (blankBefore)
        {
            ways.Add((lines[at - 1].Start, end));
        }

        if (start > 0 && end == file.Length)
        {
            // The file had no final newline before Apply, and has none now.
            ways.Add((start > 1 && file[start - 2] == (byte)'\r' ? start - 2 : start - 1, end));
        }

        foreach (var (from, to) in ways)
        {
            var without = file.Replace(from, to - from, ByteString.Empty);
            if (TryApply(without) == file)
            {
                return without;
            }
        }

        var wide = Kind is HookKind.Kconfig or HookKind.Maintainers && blankBefore && blankAfter;
        return file.Replace(start, (wide ? lines[last + 1].End : end) - start, ByteString.Empty);
    }

    /// <summary>Every line that adds this hook's target, written by ksocket-intree or not, in any spelling.</summary>
    public IReadOnlyList<Trace> Traces(ByteString file)
    {
        if (IsSurelyNotIn(file))
        {
            return [];
        }

        if (Kind == HookKind.Maintainers)
        {
            return
            [
                .. from entry in MaintainersFile.Read(file)
                   where entry.ListsBelow(Target.Bytes)
                   select new Trace(entry.Number, entry.Start, entry.Title.ToString()),
            ];
        }

        var lines = ByteLines.Of(file);
        var numbers = Kind switch
        {
            HookKind.Kconfig => KconfigFile.Read(Path, file).Sources()
                .Where(line => line.Source.Names(Target))
                .Select(line => line.Source.Line),
            HookKind.Makefile => MakefileText.Read(file).Objects.Where(line => line.Enters(Target.Name)).Select(line => line.Line),
            _ => Toctree.Read(file).SelectMany(tree => tree.Entries)
                .Where(entry => entry.Bytes.Trim() == Text.Trim())
                .Select(entry => entry.Number),
        };
        return [.. numbers.Select(number => lines[number - 1]).Select(line => new Trace(line.Number, line.Start, line.Text))];
    }

    /// <summary>Whether the text at this line is, byte for byte, what Apply writes, with or without maintainers.</summary>
    public bool IsOurs(ByteString file, Trace trace)
    {
        var (rest, text) = (file.Slice(trace.Start), FormAt(file, trace).Text);
        return IsLines(rest, text) || IsLines(rest, LineEnd.CrLf.In(text));
    }

    /// <summary>Whether a file starts with these whole lines.</summary>
    private static bool IsLines(ByteString file, ByteString lines) =>
        file.StartsWith(lines.Span)
        && file.Slice(lines.Length) is var after
        && (after.IsEmpty || after.StartsWith("\n"u8) || after.StartsWith("\r\n"u8));

    /// <summary>This hook with the maintainers that the entry at this line has.</summary>
    private Hook FormAt(ByteString file, Trace trace) => Kind != HookKind.Maintainers ? this : MaintainedBy(
        ByteLines.Of(file.Slice(trace.Start))
            .Skip(1)
            .TakeWhile(line => line.Bytes.StartsWith(MaintainedLine))
            .Select(line => line.Bare.ToString()[MaintainedLine.Length..]));

    /// <summary>
    /// Whether a byte search shows that the file has no trace. Used only for MAINTAINERS: it is long, and its entry
    /// contains the folder literally.
    /// </summary>
    private bool IsSurelyNotIn(ByteString file) => Kind == HookKind.Maintainers && !file.Contains(Target.Bytes.Span);

    private ByteString? TryApply(ByteString file)
    {
        try
        {
            return Traces(file).Count == 0 ? Apply(file) : null;
        }
        catch (IntreeFailure)
        {
            return null;
        }
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Kbuild;

/// <summary>A line of ours in a file of the kernel's: the wiring. Where it goes, and how it comes out again.</summary>
public sealed record Hook(Part Part, TreePath Path, string Line, Anchor Anchor, TreePath Target)
{
    /// <summary>
    /// Every hook, in the order to write them: a Makefile line for a symbol that no Kconfig knows yet builds nothing,
    /// so a tree cut off between two of them still builds.
    /// </summary>
    public static IReadOnlyList<Hook> All { get; } =
    [
        new(Part.Driver, "drivers/Makefile", "obj-$(CONFIG_KSOCKET)\t\t+= ksocket/", Anchor.LastObject, "drivers/ksocket"),
        new(Part.Driver, "drivers/Kconfig", "source \"drivers/ksocket/Kconfig\"", Anchor.EndOfMenu("Device Drivers"), "drivers/ksocket/Kconfig"),
        new(Part.Samples, "samples/Makefile", "obj-$(CONFIG_SAMPLE_KSOCKET)\t\t+= ksocket/", Anchor.LastObject, "samples/ksocket"),
        new(Part.Samples, "samples/Kconfig", "source \"samples/ksocket/Kconfig\"", Anchor.EndOfIf("SAMPLES"), "samples/ksocket/Kconfig"),
    ];

    public bool IsKconfig => Path.Name == "Kconfig";

    /// <summary>The symbol that turns the hooked folder on.</summary>
    public static string SymbolOf(Part part) => part == Part.Driver ? "KSOCKET" : "SAMPLE_KSOCKET";

    public string Apply(string text) => Anchor.Place(Path, text, Line).Into(text);

    /// <summary>
    /// Takes the line out. The exact inverse of <see cref="Apply"/> where nothing else moved: of the few ways to
    /// take it out, the one that Apply would undo. Where other entries came after ours, the line and the blank
    /// line that set it off.
    /// </summary>
    public string Revert(string text)
    {
        var lines = TextLines.Of(text);
        var at = lines.ToList().FindIndex(line => line.Text == Line);
        var (start, end) = (lines[at].Start, lines[at].End);
        var blankBefore = at > 0 && lines[at - 1].IsBlank;
        var blankAfter = at + 1 < lines.Count && lines[at + 1].IsBlank;

        List<(int From, int To)> ways = [(start, end)];
        if (blankAfter)
        {
            ways.Insert(0, (start, lines[at + 1].End));
        }

        if (blankBefore)
        {
            ways.Add((lines[at - 1].Start, end));
        }

        if (start > 0 && end == text.Length)
        {
            ways.Add((start - 1, end)); // the file had no final newline before us, and has none now
        }

        foreach (var (from, to) in ways)
        {
            var without = text.Remove(from, to - from);
            if (CanApply(without) && Apply(without) == text)
            {
                return without;
            }
        }

        var wide = IsKconfig && blankBefore && blankAfter;
        return text.Remove(start, (wide ? lines[at + 1].End : end) - start);
    }

    /// <summary>Every line that wires this hook's target in, ours or not, spelled any way.</summary>
    public IReadOnlyList<TextLine> Traces(string text)
    {
        var lines = TextLines.Of(text);
        var numbers = IsKconfig
            ? KconfigFile.Read(Path, text).Sources().Where(source => source.File == Target.Value).Select(source => source.Statement.Line.Number)
            : MakefileText.Read(Path, text).Objects.Where(line => line.Words.Contains(Target.Name + "/")).Select(line => line.Line);
        return [.. numbers.Select(number => lines[number - 1])];
    }

    private bool CanApply(string text)
    {
        try
        {
            return Traces(text).Count == 0 && Anchor.Place(Path, text, Line).At >= 0;
        }
        catch (IntreeFailure)
        {
            return false;
        }
    }
}

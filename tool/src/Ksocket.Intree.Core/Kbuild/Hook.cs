// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Kbuild;

/// <summary>Whose reader tells whether a hook is in: kconfig, make, the documentation, get_maintainer.</summary>
public enum HookKind
{
    Kconfig,
    Makefile,
    Toctree,
    Maintainers,
}

/// <summary>Lines of ours in a file of the kernel's: the wiring. Where they go, and how they come out again.</summary>
/// <param name="Text">One line or more, without the newline of the last.</param>
/// <param name="Target">What the hook leads to.</param>
public sealed record Hook(Part Part, HookKind Kind, TreePath Path, string Text, Anchor Anchor, TreePath Target)
{
    /// <summary>
    /// The hooks that are one fixed line, in the order to write them: a Makefile line for a symbol that no Kconfig
    /// knows yet builds nothing, so a tree cut off between two of them still builds.
    /// </summary>
    public static IReadOnlyList<Hook> Lines { get; } =
    [
        new(Part.Driver, HookKind.Makefile, "drivers/Makefile", "obj-$(CONFIG_KSOCKET)\t\t+= ksocket/", Anchor.LastObject, "drivers/ksocket"),
        new(Part.Driver, HookKind.Kconfig, "drivers/Kconfig", "source \"drivers/ksocket/Kconfig\"", Anchor.EndOfMenu("Device Drivers"), "drivers/ksocket/Kconfig"),
        new(Part.Samples, HookKind.Makefile, "samples/Makefile", "obj-$(CONFIG_SAMPLE_KSOCKET)\t\t+= ksocket/", Anchor.LastObject, "samples/ksocket"),
        new(Part.Samples, HookKind.Kconfig, "samples/Kconfig", "source \"samples/ksocket/Kconfig\"", Anchor.EndOfIf("SAMPLES"), "samples/ksocket/Kconfig"),
        new(Part.Docs, HookKind.Toctree, "Documentation/networking/index.rst", "   ksocket", Anchor.InToctree, "Documentation/networking/ksocket.rst"),
    ];

    /// <summary>The entry of MAINTAINERS, whose text is a file of the driver's.</summary>
    public static Hook Maintainers(string entry) =>
        new(Part.Docs, HookKind.Maintainers, "MAINTAINERS", entry.TrimEnd('\n'), Anchor.AmongMaintainers, Landing.DriverFolder);

    /// <summary>The symbol that turns the hooked folder on.</summary>
    public static string SymbolOf(Part part) => part switch
    {
        Part.Driver => "KSOCKET",
        Part.Samples => "SAMPLE_KSOCKET",
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, "no symbol turns this part on"),
    };

    public string Apply(string text) => Anchor.Place(Path, text, Text).Into(text);

    /// <summary>
    /// Takes the lines out. The exact inverse of <see cref="Apply"/> where nothing else moved: of the few ways to
    /// take them out, the one that Apply would undo. Where other entries came after ours, the lines and the blank
    /// line that set them off.
    /// </summary>
    public string Revert(string text)
    {
        var lines = TextLines.Of(text);
        var at = Traces(text).First(line => IsOurs(text, line)).Number - 1;
        var last = at + Text.Count(c => c == '\n');
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

        var wide = Kind is HookKind.Kconfig or HookKind.Maintainers && blankBefore && blankAfter;
        return text.Remove(start, (wide ? lines[last + 1].End : end) - start);
    }

    /// <summary>The first line of everything that wires this hook's target in, ours or not, spelled any way.</summary>
    public IReadOnlyList<TextLine> Traces(string text)
    {
        var lines = TextLines.Of(text);
        var numbers = Kind switch
        {
            HookKind.Kconfig => KconfigFile.Read(Path, text).Sources().Where(source => source.File == Target.Value).Select(source => source.Statement.Line.Number),
            HookKind.Makefile => MakefileText.Read(Path, text).Objects.Where(line => line.Words.Contains(Target.Name + "/")).Select(line => line.Line),
            HookKind.Toctree => Toctree.Read(text).SelectMany(tree => tree.Entries).Where(entry => entry.Text.Trim() == "ksocket").Select(entry => entry.Number),
            _ => MaintainersFile.Read(text).Where(entry => entry.Files.Any(file => file.StartsWith(Target.Value, StringComparison.Ordinal))).Select(entry => entry.Title.Number),
        };
        return [.. numbers.Select(number => lines[number - 1])];
    }

    /// <summary>
    /// Whether a look at the bytes alone tells that the file has no trace. Only MAINTAINERS is worth it: it is long, and
    /// what wires it spells the folder out.
    /// </summary>
    public bool IsSurelyNotIn(ReadOnlySpan<byte> file) => Kind == HookKind.Maintainers && file.IndexOf(KernelTree.ToBytes(Target.Value)) < 0;

    /// <summary>Whether what starts at this line is, byte for byte, what Apply writes.</summary>
    public bool IsOurs(string text, TextLine line) =>
        string.CompareOrdinal(text, line.Start, Text, 0, Text.Length) == 0 && (line.Start + Text.Length == text.Length || text[line.Start + Text.Length] == '\n');

    private bool CanApply(string text)
    {
        try
        {
            return Traces(text).Count == 0 && Anchor.Place(Path, text, Text).At >= 0;
        }
        catch (IntreeFailure)
        {
            return false;
        }
    }
}

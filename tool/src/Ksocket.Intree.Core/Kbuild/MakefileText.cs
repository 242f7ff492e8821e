// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Kbuild;

/// <summary>An assignment as make reads it: continuations joined, comment gone.</summary>
/// <param name="Line">Number of its first line, from 1.</param>
/// <param name="Start">Where it starts in the text.</param>
/// <param name="End">Where it ends, the newline of its last line included.</param>
/// <param name="Conditional">Whether an ifdef or a define stands around it, so that make may not see it.</param>
public sealed record MakeAssignment(int Line, int Start, int End, string Variable, string Operator, ImmutableArray<string> Words, bool Conditional);

/// <summary>A Makefile of kbuild, read for its assignments (GNU make manual, sections 3.1.1 and 6.5).</summary>
public sealed partial class MakefileText
{
    private MakefileText(ImmutableArray<MakeAssignment> assignments) => Assignments = assignments;

    public ImmutableArray<MakeAssignment> Assignments { get; }

    /// <summary>The lines that tell kbuild what to build and where to go on.</summary>
    public IEnumerable<MakeAssignment> Objects => Assignments.Where(line => line.Variable.StartsWith("obj-", StringComparison.Ordinal));

    public static MakefileText Read(TreePath path, string text)
    {
        var assignments = ImmutableArray.CreateBuilder<MakeAssignment>();
        var (conditionals, defines) = (0, 0);
        var lines = TextLines.Of(text);

        for (var at = 0; at < lines.Count; at++)
        {
            var first = lines[at];
            var logical = Physical(path, first);
            while (logical.EndsWith('\\') && at + 1 < lines.Count)
            {
                logical = logical[..^1] + " " + Physical(path, lines[++at]);
            }

            var bare = logical.Split('#')[0].Trim();
            switch (bare.Split(' ', '\t', '(')[0])
            {
                case "define":
                    defines++;
                    continue;
                case "endef":
                    defines = Math.Max(0, defines - 1);
                    continue;
                case "ifdef" or "ifndef" or "ifeq" or "ifneq" when defines == 0:
                    conditionals++;
                    continue;
                case "endif" when defines == 0:
                    conditionals = Math.Max(0, conditionals - 1);
                    continue;
            }

            if (first.Span is not ['\t', ..] && Assignment().Match(bare) is { Success: true } match)
            {
                assignments.Add(new MakeAssignment(
                    first.Number,
                    first.Start,
                    lines[at].End,
                    match.Groups["variable"].Value,
                    match.Groups["operator"].Value,
                    [.. match.Groups["words"].Value.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)],
                    conditionals > 0 || defines > 0));
            }
        }

        return new MakefileText(assignments.ToImmutable());
    }

    private static string Physical(TreePath path, TextLine line) => line.Span is [.., '\r']
        ? throw IntreeFailure.NotUnderstood(
            $"{path}:{line.Number}: the line ends with CR LF, which make takes for part of a name",
            "check the tree out without core.autocrlf, or run dos2unix on it")
        : line.Text;

    [GeneratedRegex(@"^(?<variable>[^\s:=+?#]+)\s*(?<operator>\+=|::?=|\?=|=)\s*(?<words>.*)$", RegexOptions.Singleline)]
    private static partial Regex Assignment();
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Buffers;
using System.Collections.Immutable;
using Ksocket.Intree.Core.Bytes;

namespace Ksocket.Intree.Core.Kbuild;

/// <summary>An assignment as make reads it: continuations joined, comment removed.</summary>
/// <param name="Line">Number of its first line, from 1.</param>
/// <param name="Start">Where it starts in the file.</param>
/// <param name="End">Where it ends, including the newline of its last line.</param>
/// <param name="Conditional">Whether it is inside an ifdef or a define, so that make may skip it.</param>
public sealed record MakeAssignment(
    int Line,
    int Start,
    int End,
    ByteString Variable,
    ByteString Operator,
    ImmutableArray<ByteString> Words,
    bool Conditional)
{
    /// <summary>Whether it lists objects to build and folders to enter.</summary>
    public bool IsObjects => Variable.StartsWith("obj-"u8);

    /// <summary>Whether it keeps the variable's earlier value.</summary>
    public bool Adds => Operator.Equals("+="u8);

    /// <summary>The variable up to its first '-': for "tun-objs", the composite object.</summary>
    public ByteString Stem => Variable.Slice(0, Variable.Span.IndexOf((byte)'-') is var at and >= 0 ? at : Variable.Length);

    /// <summary>Whether a folder of this name is among its words.</summary>
    public bool Enters(ByteString folder) => Words.Any(
        word => word.Length == folder.Length + 1 && word.StartsWith(folder.Span) && word[^1] == (byte)'/');
}

/// <summary>
/// A Makefile of kbuild, read for its assignments (GNU make manual, sections 3.1.1 and 6.5). make drops a CR at the end of
/// a line.
/// </summary>
public sealed class MakefileText
{
    private static readonly SearchValues<byte> NameEnds = SearchValues.Create(" \t:=+?#"u8);

    private MakefileText(ImmutableArray<MakeAssignment> assignments, ImmutableArray<MakeInclude> includes) =>
        (Assignments, Includes) = (assignments, includes);

    public ImmutableArray<MakeAssignment> Assignments { get; }

    public ImmutableArray<MakeInclude> Includes { get; }

    public IEnumerable<MakeAssignment> Objects => Assignments.Where(line => line.IsObjects);

    public static MakefileText Read(ByteString file)
    {
        var assignments = ImmutableArray.CreateBuilder<MakeAssignment>();
        var includes = ImmutableArray.CreateBuilder<MakeInclude>();
        var (conditionals, defines, inRule) = (0, 0, false);
        var lines = ByteLines.Of(file);

        for (var at = 0; at < lines.Count; at++)
        {
            var first = lines[at];
            var logical = first.Bare;
            while (logical.EndsWith("\\"u8) && at + 1 < lines.Count)
            {
                logical = ByteString.Concat(logical.Slice(0, logical.Length - 1), ByteString.Of(" "u8), lines[++at].Bare);
            }

            var bare = WithoutComment(logical);
            switch (Nesting(bare))
            {
                case MakeNesting.Define:
                    defines++;
                    continue;
                case MakeNesting.EndDefine:
                    defines = Math.Max(0, defines - 1);
                    continue;
                case MakeNesting.Conditional when defines == 0:
                    conditionals++;
                    continue;
                case MakeNesting.EndConditional when defines == 0:
                    conditionals = Math.Max(0, conditionals - 1);
                    continue;
            }

            // A line that starts with a tab is part of a recipe only after a rule (GNU make manual, section 5.1).
            var isRecipe = inRule && first.Span is [(byte)'\t', ..];
            if (!isRecipe && Assignment(bare) is var (variable, sign, words))
            {
                inRule = false;
                assignments.Add(new MakeAssignment(
                    first.Number,
                    first.Start,
                    lines[at].End,
                    variable,
                    sign,
                    words,
                    conditionals > 0 || defines > 0));
            }
            else if (!isRecipe && Words(bare) is [var directive, .. var names] && IsInclude(directive))
            {
                inRule = false;
                includes.Add(new MakeInclude(first.Number, bare, names, !directive.Equals("include"u8), conditionals > 0 || defines > 0));
            }
            else
            {
                inRule = isRecipe || bare.IsEmpty ? inRule : bare.Span.Contains((byte)':');
            }
        }

        return new MakefileText(assignments.ToImmutable(), includes.ToImmutable());
    }

    private enum MakeNesting
    {
        None,
        Define,
        EndDefine,
        Conditional,
        EndConditional,
    }

    private static MakeNesting Nesting(ByteString bare)
    {
        var word = bare.Span[..(bare.Span.IndexOfAny(" \t("u8) is var end and >= 0 ? end : bare.Length)];
        return word.SequenceEqual("define"u8) ? MakeNesting.Define
            : word.SequenceEqual("endef"u8) ? MakeNesting.EndDefine
            : word.SequenceEqual("endif"u8) ? MakeNesting.EndConditional
            : word.SequenceEqual("ifdef"u8) || word.SequenceEqual("ifndef"u8) ? MakeNesting.Conditional
            : word.SequenceEqual("ifeq"u8) || word.SequenceEqual("ifneq"u8) ? MakeNesting.Conditional
            : MakeNesting.None;
    }

    /// <summary>The variable, the operator and the words after it; null if the line is not an assignment.</summary>
    private static (ByteString Variable, ByteString Operator, ImmutableArray<ByteString> Words)? Assignment(ByteString bare)
    {
        var name = NameEnd(bare.Span);
        if (name <= 0)
        {
            return null;
        }

        var rest = bare.Slice(name).Trim();
        var length = rest.StartsWith("+="u8) || rest.StartsWith("?="u8) || rest.StartsWith(":="u8) ? 2
            : rest.StartsWith("::="u8) ? 3
            : rest.StartsWith("="u8) ? 1
            : 0;
        return length > 0 ? (bare.Slice(0, name), rest.Slice(0, length), Words(rest.Slice(length)))
            : bare[name] is (byte)' ' or (byte)'\t' && IsModifier(bare.Slice(0, name)) ? Assignment(rest)
            : null;
    }

    /// <summary>A word before the name of a variable (GNU make manual, sections 5.7.2 and 6.7).</summary>
    private static bool IsModifier(ByteString word) => word.Equals("override"u8) || word.Equals("export"u8);

    private static bool IsInclude(ByteString word) =>
        word.Equals("include"u8) || word.Equals("-include"u8) || word.Equals("sinclude"u8);

    /// <summary>Where the name of a variable ends; it may hold a function of make, as obj-$(if $(A),m,y) does. -1 for none.</summary>
    private static int NameEnd(ReadOnlySpan<byte> bare)
    {
        var depth = 0;
        for (var at = 0; at < bare.Length; at++)
        {
            depth += bare[at] switch { (byte)'(' => 1, (byte)')' => -1, _ => 0 };
            if (depth == 0 && NameEnds.Contains(bare[at]))
            {
                return at;
            }
        }

        return -1;
    }

    private static ImmutableArray<ByteString> Words(ByteString text)
    {
        var words = ImmutableArray.CreateBuilder<ByteString>();
        foreach (var part in text.Span.SplitAny(" \t"u8))
        {
            var (start, length) = part.GetOffsetAndLength(text.Length);
            if (length > 0)
            {
                words.Add(text.Slice(start, length));
            }
        }

        return words.ToImmutable();
    }

    private static ByteString WithoutComment(ByteString logical) =>
        (logical.Span.IndexOf((byte)'#') is var at and >= 0 ? logical.Slice(0, at) : logical).Trim();
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Probing;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Proof.Judging;

/// <summary>Explains the first error line of a failed step: what it probably means for the driver.</summary>
public static partial class Explanation
{
    public static Diagnosis Of(IntreeFailure failure, string? command) =>
        new(failure.Message, failure.Hint ?? Explain(failure.Message, DriverSource.Bundled.Evidence), command);

    /// <summary>The probable cause in the driver's own terms: its files, its features, and the evidence it goes by.</summary>
    public static string Explain(string line, Evidence evidence)
    {
        if (Undefined().Match(line) is { Success: true } undefined)
        {
            var name = undefined.Groups["name"].Value;
            return line.Contains("modpost", StringComparison.OrdinalIgnoreCase) || line.Contains(".ko]", StringComparison.Ordinal)
                ? $"this kernel does not export {name}, or not to this module: as =m only exported functions can be called; "
                    + "what needs others belongs into a feature with a variant for =m, as getsockopt_module is"
                : $"nothing in this kernel defines {name}: is the file that does listed in drivers/ksocket/Makefile for this form, "
                    + "and its option on?";
        }

        if (MissingFile().Match(line) is { Success: true } missing && OurFile().Match(line) is { Success: true } includer)
        {
            return $"{includer.Value} includes {missing.Groups["name"].Value}, which is not in the tree: if it is ours, "
                + "a later patch of the series brings it; if it is the kernel's, it moved, and evidence/requirements should say so";
        }

        if (InHeader(line, evidence) is { } known)
        {
            return known;
        }

        if (evidence.Features.FirstOrDefault(feature => line.Contains($"{feature.Name}.c", StringComparison.Ordinal)) is { } feature)
        {
            var variants = string.Join(" or ", feature.Variants.Select(variant => variant.Name));
            return $"{feature.Name} is a point where kernels differ; the variant that evidence/features chose ({variants}; "
                + "ksocket-intree probe tells which) does not fit this kernel";
        }

        return OurFile().Match(line) is { Success: true } file
            ? $"{file.Value} does not compile against this kernel's headers: something it uses has no line in evidence/requirements, "
                + "or that line knows too little; add the shape, or make a feature"
            : "nothing in this line is the driver's: is the tree itself whole?";
    }

    private static string? InHeader(string line, Evidence evidence)
    {
        var words = Words().Matches(line).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
        if (evidence.Requirements.FirstOrDefault(requirement => words.Contains(requirement.Name)) is { } requirement)
        {
            var shapes = string.Join("; ", requirement.Shapes.Select(shape => $"{shape.Header} {shape.Wanted.Text}"));
            return $"{requirement.Name} is a requirement, known as: {shapes}; this kernel means something else by it, "
                + "so evidence/requirements needs its shape, or a feature";
        }

        return (from feature in evidence.Features
                from variant in feature.Variants
                from clue in variant.Clues
                where words.Contains(clue.Wanted.Name)
                select $"{clue.Wanted.Name} is evidence of {feature.Name}/{variant.Name} in {clue.Header}: see evidence/features")
            .FirstOrDefault();
    }

    [GeneratedRegex(@"(undefined reference to [`'‘]|modpost: ""|Unknown symbol )(?<name>\w+)")]
    private static partial Regex Undefined();

    [GeneratedRegex(@"fatal error: (?<name>\S+): No such file")]
    private static partial Regex MissingFile();

    [GeneratedRegex(@"(drivers|samples)/ksocket/[\w/]+\.[ch]|include/net/ksocket\.h")]
    private static partial Regex OurFile();

    /// <summary>Names in C are ASCII, and the quotes that gcc may put around them are not part of them.</summary>
    [GeneratedRegex(@"\w+", RegexOptions.ECMAScript)]
    private static partial Regex Words();
}

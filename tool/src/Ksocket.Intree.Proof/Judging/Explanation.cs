// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Probing;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Proof.Judging;

/// <summary>Explains the probable meaning of the first error line of a failed step.</summary>
public static partial class Explanation
{
    /// <param name="own">The drivers of the user.</param>
    public static Diagnosis Of(IntreeFailure failure, IEnumerable<DriverSource> own, string? command) =>
        new(
            failure.Message,
            failure.Hint ?? InOwn(failure.Message, own) ?? Explain(failure.Message, DriverSource.Bundled.Evidence),
            command);

    /// <summary>Whether the line is about a file of a driver of the user, which prove has not written.</summary>
    private static string? InOwn(string line, IEnumerable<DriverSource> own) =>
        (from driver in own
         let file = Regex.Match(line, $@"(?<![\w-]){Regex.Escape(driver.Folder.ToString())}/[\w/.+-]+\.[chS]\b")
         where file.Success
         select $"{file.Value} is a file of {driver.Name} and does not compile for this kernel: "
             + "change it, or take a kernel that the driver was written for").FirstOrDefault();

    /// <summary>The probable cause in terms of the driver: its files, features and evidence.</summary>
    public static string Explain(string line, Evidence evidence)
    {
        if (Undefined().Match(line) is { Success: true } undefined)
        {
            var name = undefined.Groups["name"].Value;
            return line.Contains("modpost", StringComparison.OrdinalIgnoreCase) || line.Contains(".ko]", StringComparison.Ordinal)
                ? $"this kernel does not export {name} to this module, and with =m only exported functions can be called; "
                    + "code that needs others belongs in a feature with a variant for =m, such as getsockopt_module"
                : $"nothing in this kernel defines {name}: check that drivers/ksocket/Makefile lists its file for this form "
                    + "and that its option is set";
        }

        if (MissingFile().Match(line) is { Success: true } missing && OurFile().Match(line) is { Success: true } includer)
        {
            return $"{includer.Value} includes {missing.Groups["name"].Value}, which is not in the tree: if it is a ksocket file, "
                + "a later patch of the series adds it; if it is the kernel's, it moved: update evidence/requirements";
        }

        if (InHeader(line, evidence) is { } known)
        {
            return known;
        }

        if (evidence.Features.FirstOrDefault(feature => line.Contains($"{feature.Name}.c", StringComparison.Ordinal)) is { } feature)
        {
            var variants = string.Join(" or ", feature.Variants.Select(variant => variant.Name));
            return $"kernels differ in {feature.Name}; the variant that evidence/features selected ({variants}; "
                + "see ksocket-intree probe) does not match this kernel";
        }

        return OurFile().Match(line) is { Success: true } file
            ? $"{file.Value} does not compile against this kernel's headers: something that it uses has no line in evidence/requirements, "
                + "or that line is incomplete; add the shape, or create a feature"
            : "this line does not concern the driver: check that the tree is complete";
    }

    private static string? InHeader(string line, Evidence evidence)
    {
        var words = Words().Matches(line).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
        if (evidence.Requirements.FirstOrDefault(requirement => words.Contains(requirement.Name)) is { } requirement)
        {
            var shapes = string.Join("; ", requirement.Shapes.Select(shape => $"{shape.Header} {shape.Wanted.Text}"));
            return $"{requirement.Name} is a requirement with these shapes: {shapes}; this kernel has another, "
                + "so add it to evidence/requirements, or create a feature";
        }

        return (from feature in evidence.Features
                from variant in feature.Variants
                from clue in variant.Clues
                where words.Contains(clue.Wanted.Name)
                select $"{clue.Wanted.Name} is evidence for {feature.Name}/{variant.Name} in {clue.Header}: see evidence/features")
            .FirstOrDefault();
    }

    [GeneratedRegex(@"(undefined reference to [`'‘]|modpost: ""|Unknown symbol )(?<name>\w+)")]
    private static partial Regex Undefined();

    [GeneratedRegex(@"fatal error: (?<name>\S+): No such file")]
    private static partial Regex MissingFile();

    [GeneratedRegex(@"(drivers|samples)/ksocket/[\w/]+\.[ch]|include/net/ksocket\.h")]
    private static partial Regex OurFile();

    /// <summary>C names are ASCII; the quotes that gcc may print around them are excluded.</summary>
    [GeneratedRegex(@"\w+", RegexOptions.ECMAScript)]
    private static partial Regex Words();
}

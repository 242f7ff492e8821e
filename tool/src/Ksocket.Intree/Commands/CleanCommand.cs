// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Ksocket.Intree.Answers;
using Ksocket.Intree.Options;
using Ksocket.Intree.Output;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Commands;

/// <summary>Lists what the cache holds, and deletes the parts that are named: kernels and builds take hours to make again.</summary>
internal static class CleanCommand
{
    private const string Every = "all";

    private static readonly Argument<string[]> Names = new("PART")
    {
        Description = $"The parts to delete: {string.Join(", ", CachePart.Names)}, or {Every}; without one, the cache is only listed",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<bool> Check = Arguments.Check("Delete nothing; show what would be deleted");

    public static Verb Create()
    {
        var verb = new Verb("clean", "List the builds and downloads in the cache, and delete those named", Run) { Names, Check };
        verb.Validators.Add(Validate);
        return verb;
    }

    private static void Validate(CommandResult result)
    {
        foreach (var name in (result.GetValue(Names) ?? []).Where(name => name != Every && !CachePart.Names.Contains(name)))
        {
            result.AddError($"clean: the cache has no part '{name}'; the parts are {string.Join(", ", CachePart.Names)}, or {Every}");
        }
    }

    private static VerbOutcome Run(ParseResult parse, Terminal terminal)
    {
        var names = parse.GetValue(Names) ?? [];
        var meansAll = names.Length == 0 || names.Contains(Every);
        var parts = CachePart.In(CacheFolder.Path).Where(part => meansAll || names.Contains(part.Name)).ToList();
        var deletes = names.Length > 0 && !parse.GetValue(Check);
        if (deletes)
        {
            CachePart.Delete(parts);
        }

        var answer = new CleanAnswer(
            CacheFolder.Path, deletes, [.. parts.Select(part => new CachePartAnswer(part.Name, part.Purpose, part.Files, part.Bytes))]);
        return VerbOutcome.Of(ExitCode.Done, terminal => Write(terminal, parts, deletes), answer, AnswerJson.Default.CleanAnswer) with
        {
            Changed = deletes && parts.Count > 0,
            Advice = names.Length == 0 && parts.Count > 0 ? ["ksocket-intree clean PART deletes one of them; clean all, every one"] : [],
        };
    }

    private static void Write(Terminal terminal, List<CachePart> parts, bool deletes)
    {
        foreach (var part in parts)
        {
            var word = deletes ? $"{terminal.Bad("deleted")}  {part.Name.PadRight(12)}" : terminal.Strong(part.Name.PadRight(12));
            terminal.Answer($"  {word}  {Size(part.Bytes),8}  {part.Purpose}");
        }

        var total = $"{parts.Count} {(parts.Count == 1 ? "part" : "parts")}, {Size(parts.Sum(part => part.Bytes))}";
        terminal.Answer($"{CacheFolder.Path}: {(parts.Count == 0 ? "nothing is there" : deletes ? $"{total} deleted" : total)}");
    }

    /// <summary>In units of 1000, as df -H prints.</summary>
    private static string Size(long bytes) => bytes switch
    {
        >= 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:F1} GB"),
        >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F1} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:F1} kB"),
    };
}

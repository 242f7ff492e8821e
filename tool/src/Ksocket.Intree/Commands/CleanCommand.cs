// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Ksocket.Intree.Answers;
using Ksocket.Intree.Options;
using Ksocket.Intree.Output;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Commands;

/// <summary>Lists what the cache holds, and deletes it.</summary>
internal static class CleanCommand
{
    private static readonly Argument<string[]> Names = new("PART")
    {
        Description = $"The parts of the cache meant: {string.Join(", ", CachePart.Names)}; all by default",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<bool> Check = Arguments.Check("Delete nothing; show what the cache holds");

    public static Verb Create()
    {
        var verb = new Verb("clean", "Delete the builds and downloads in the cache", Run) { Names, Check };
        verb.Validators.Add(Validate);
        return verb;
    }

    private static void Validate(CommandResult result)
    {
        foreach (var name in (result.GetValue(Names) ?? []).Where(name => !CachePart.Names.Contains(name)))
        {
            result.AddError($"clean: the cache has no part '{name}'; the parts are {string.Join(", ", CachePart.Names)}");
        }
    }

    private static VerbOutcome Run(ParseResult parse, Terminal terminal)
    {
        var (names, check) = (parse.GetValue(Names) ?? [], parse.GetValue(Check));
        var parts = CachePart.In(CacheFolder.Path).Where(part => names.Length == 0 || names.Contains(part.Name)).ToList();
        if (!check)
        {
            parts.ForEach(part => part.Delete());
        }

        var answer = new CleanAnswer(
            CacheFolder.Path, !check, [.. parts.Select(part => new CachePartAnswer(part.Name, part.Purpose, part.Files, part.Bytes))]);
        return VerbOutcome.Of(ExitCode.Done, terminal => Write(terminal, parts, check), answer, AnswerJson.Default.CleanAnswer) with
        {
            Changed = !check && parts.Count > 0,
        };
    }

    private static void Write(Terminal terminal, List<CachePart> parts, bool check)
    {
        foreach (var part in parts)
        {
            var word = check ? terminal.Strong(part.Name.PadRight(12)) : $"{terminal.Bad("deleted")}  {part.Name.PadRight(12)}";
            terminal.Answer($"  {word}  {Size(part.Bytes),8}  {part.Purpose}");
        }

        var total = $"{parts.Count} {(parts.Count == 1 ? "part" : "parts")}, {Size(parts.Sum(part => part.Bytes))}";
        terminal.Answer($"{CacheFolder.Path}: {(parts.Count == 0 ? "nothing to delete" : check ? total : $"{total} deleted")}");
    }

    /// <summary>In units of 1000, as df -H prints.</summary>
    private static string Size(long bytes) => bytes switch
    {
        >= 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:F1} GB"),
        >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F1} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:F1} kB"),
    };
}

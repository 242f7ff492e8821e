// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Ksocket.Intree.Options;

/// <summary>
/// Validates all arguments before a verb runs: unknown verbs and options, then invalid values, then the validators of the
/// options. Returns the first fault.
/// </summary>
internal static class ArgumentCheck
{
    public static UsageFault? FirstFault(ParseResult parse, IReadOnlyList<string> words) =>
        UnknownVerb(parse) ?? UnknownOption(parse, words) ?? Surplus(parse) ?? BadValue(parse) ?? Refused(parse);

    private static UsageFault? UnknownVerb(ParseResult parse)
    {
        var root = parse.RootCommandResult.Command;
        if (parse.CommandResult.Command != root || parse.UnmatchedTokens.FirstOrDefault(word => !IsOption(word)) is not { } word)
        {
            return null;
        }

        return new(
            $"unknown verb '{word}'",
            DidYouMean(word, [.. root.Subcommands.Select(verb => verb.Name)], "ksocket-intree --help lists the verbs"));
    }

    /// <summary>The parser treats an unknown option as an argument, which is correct only after "--".</summary>
    private static UsageFault? UnknownOption(ParseResult parse, IReadOnlyList<string> words)
    {
        var given = words.TakeWhile(word => word != "--").ToHashSet(StringComparer.Ordinal);
        var taken = parse.CommandResult.Children.OfType<ArgumentResult>().SelectMany(result => result.Tokens).Select(token => token.Value);
        if (taken.Concat(parse.UnmatchedTokens).FirstOrDefault(word => IsOption(word) && given.Contains(word)) is not { } unknown)
        {
            return null;
        }

        var command = parse.CommandResult.Command;
        var name = unknown.Split('=', ':')[0];
        var where = command is RootCommand ? "ksocket-intree" : $"ksocket-intree {command.Name}";
        var message = command is RootCommand ? $"unknown option '{name}'" : $"{command.Name} has no option '{name}'";
        return new(message, DidYouMean(name, OptionsOf(parse), $"{where} --help lists the options"));
    }

    private static UsageFault? Surplus(ParseResult parse) => parse.UnmatchedTokens is [var word, ..]
        ? new(
            $"{parse.CommandResult.Command.Name}: unexpected argument '{word}'",
            $"ksocket-intree {parse.CommandResult.Command.Name} --help shows its arguments")
        : null;

    private static UsageFault? BadValue(ParseResult parse)
    {
        var command = parse.CommandResult.Command is RootCommand ? "" : $" {parse.CommandResult.Command.Name}";
        var hint = $"ksocket-intree{command} --help describes it";
        foreach (var result in Results(parse.CommandResult))
        {
            var name = result is OptionResult option ? option.Option.Name : ((ArgumentResult)result).Argument.Name;
            foreach (var token in result.Tokens)
            {
                if (string.IsNullOrWhiteSpace(token.Value))
                {
                    return new($"{name}: the value is empty", hint);
                }

                if (token.Value.Any(char.IsControl))
                {
                    return new($"{name}: the value contains a control character, such as a newline or a NUL", hint);
                }

                if (IsTree(name) && token.Value.TrimEnd().EndsWith('@') && !Directory.Exists(Path.Combine(StartFolder(parse), token.Value)))
                {
                    return new($"{name}: no revision after '@' in '{token.Value}'", "add one, such as linux.git@v6.12");
                }
            }
        }

        return null;
    }

    private static UsageFault? Refused(ParseResult parse)
    {
        if (parse.Action is not ParseErrorAction || parse.Errors is not [var first, ..])
        {
            return null;
        }

        return first.SymbolResult is CommandResult { Command: RootCommand }
            ? new("no verb given", "ksocket-intree --help lists the verbs")
            : new(first.Message, "ksocket-intree --help lists the verbs, ksocket-intree VERB --help their options");
    }

    private static bool IsOption(string word) => word is ['-', _, ..];

    private static bool IsTree(string name) => name is "TREE" or "--tree";

    private static string StartFolder(ParseResult parse) =>
        parse.GetResult(CommonOptions.Folder)?.Tokens is [var token, ..] ? token.Value : "";

    /// <summary>The given options and arguments, including the common ones.</summary>
    private static IEnumerable<SymbolResult> Results(CommandResult command)
    {
        for (SymbolResult? at = command; at is CommandResult level; at = level.Parent)
        {
            foreach (var child in level.Children.Where(child => child is OptionResult { Implicit: false } or ArgumentResult))
            {
                yield return child;
            }
        }
    }

    private static List<string> OptionsOf(ParseResult parse)
    {
        var root = parse.RootCommandResult.Command;
        var options = parse.CommandResult.Command.Options.Concat(root.Options.Where(option => option.Recursive));
        return [.. options.SelectMany(option => option.Aliases.Append(option.Name)).Distinct()];
    }

    private static string DidYouMean(string word, IReadOnlyCollection<string> known, string otherwise) =>
        Suggestion.For(word, known) is { } meant ? $"did you mean {meant}? {otherwise}" : otherwise;
}

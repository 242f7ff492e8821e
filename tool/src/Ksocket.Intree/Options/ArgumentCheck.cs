// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Ksocket.Intree.Options;

/// <summary>
/// The one place that validates the arguments, before any verb runs: unknown verbs and options, then values that no option
/// and no argument takes, then what the options themselves refuse. It finds the first fault.
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
            $"there is no verb '{word}'",
            DidYouMean(word, [.. root.Subcommands.Select(verb => verb.Name)], "ksocket-intree --help lists the verbs"));
    }

    /// <summary>The parser takes an option that it does not know for an argument; after "--" it is one.</summary>
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
        var message = command is RootCommand ? $"there is no option '{name}'" : $"{command.Name} has no option '{name}'";
        return new(message, DidYouMean(name, OptionsOf(parse), $"{where} --help lists the options"));
    }

    private static UsageFault? Surplus(ParseResult parse) => parse.UnmatchedTokens is [var word, ..]
        ? new(
            $"{parse.CommandResult.Command.Name}: one argument too many: '{word}'",
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
                    return new($"{name}: the value holds a control character, such as a newline or a NUL", hint);
                }

                if (IsTree(name) && token.Value.TrimEnd().EndsWith('@') && !Directory.Exists(Path.Combine(StartFolder(parse), token.Value)))
                {
                    return new($"{name}: there is no revision after '@' in '{token.Value}'", "name one, as linux.git@v6.12");
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
            ? new("no verb is given", "ksocket-intree --help lists the verbs")
            : new(first.Message, "ksocket-intree --help lists the verbs, ksocket-intree VERB --help their options");
    }

    private static bool IsOption(string word) => word is ['-', _, ..];

    private static bool IsTree(string name) => name is "TREE" or "--tree";

    private static string StartFolder(ParseResult parse) =>
        parse.GetResult(CommonOptions.Folder)?.Tokens is [var token, ..] ? token.Value : "";

    /// <summary>The options and arguments that were given, those of every verb included.</summary>
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

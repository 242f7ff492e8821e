// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using Ksocket.Intree.Output;
using Ksocket.Intree.Proof.Working;

namespace Ksocket.Intree.Documents;

/// <summary>What a value is; decides how a shell completes it.</summary>
internal enum ValueKind
{
    Text,

    /// <summary>One of fixed words.</summary>
    Choice,

    /// <summary>Fixed words, separated by commas.</summary>
    List,
    File,
    Folder,

    /// <summary>A folder, or REPO@REV.</summary>
    Tree,
    Verb,
}

/// <summary>The value of an option, or an argument.</summary>
/// <param name="Name">As the help prints it, such as DIR.</param>
/// <param name="Words">The words of a choice or a list.</param>
internal sealed record ManualValue(string Name, string Description, ValueKind Kind, IReadOnlyList<string> Words, bool IsRepeated)
{
    /// <summary>Stands for the value of a verb that takes none.</summary>
    public static ManualValue None { get; } = new("", "", ValueKind.Text, [], IsRepeated: false);

    public static ManualValue Of(string name, string description = "", bool isRepeated = false)
    {
        var kind = KindOf(name);
        return new ManualValue(name, description, kind, kind is ValueKind.Choice or ValueKind.List ? WordsOf(name) : [], isRepeated);
    }

    private static string[] WordsOf(string name) => name switch
    {
        "CODE" => [.. Enum.GetValues<ErrorCode>().Select(code => code.Word())],
        "PART" => [.. CachePart.Names],
        "SHELL" => ["bash", "zsh", "fish"],
        _ => name.Split('|', ','),
    };

    private static ValueKind KindOf(string name) => name switch
    {
        "TREE" => ValueKind.Tree,
        "VERB" => ValueKind.Verb,
        "DIR" => ValueKind.Folder,
        "FILE" or "BZIMAGE" => ValueKind.File,
        "CODE" or "PART" or "SHELL" => ValueKind.Choice,
        _ when name.Contains(',') => ValueKind.List,
        _ when name.Contains('|') => ValueKind.Choice,
        _ => ValueKind.Text,
    };
}

/// <summary>An option: its names, short ones first, and its value, if it takes one.</summary>
internal sealed record ManualOption(IReadOnlyList<string> Names, string Description, ManualValue? Value, bool IsCommon)
{
    public static ManualOption Of(Option option) => new(
        [.. option.Aliases.Append(option.Name).Distinct().OrderBy(name => name.StartsWith("--", StringComparison.Ordinal))],
        option.Description ?? "",
        option.ValueType == typeof(bool) || option.HelpName is null ? null : ManualValue.Of(option.HelpName),
        option.Recursive);
}

/// <summary>A verb, as its help, its manual page and the completions describe it.</summary>
internal sealed record ManualVerb(
    string Name, string Description, IReadOnlyList<ManualValue> Arguments, IReadOnlyList<ManualOption> Options)
{
    public IReadOnlyList<Example> Examples => Example.Of(Name);
}

/// <summary>The whole command line, read from the parser: the one source of help, manual pages and completions.</summary>
internal sealed record Manual(string Description, IReadOnlyList<ManualOption> CommonOptions, IReadOnlyList<ManualVerb> Verbs)
{
    private static readonly ManualOption Help = new(["-h", "--help"], "Show the help of the verb", null, IsCommon: true);

    private static readonly ManualOption Version = new(["--version"], "Show the version and the commit", null, IsCommon: false);

    /// <summary>The options before a verb.</summary>
    public IReadOnlyList<ManualOption> RootOptions => [.. CommonOptions, Version];

    public static Manual Of(Command root)
    {
        var shared = root.Options.Where(option => option.Recursive).Select(ManualOption.Of);
        List<ManualOption> common = [.. shared.Where(option => !option.Names.Contains("--help")), Help];
        var verbs = root.Subcommands.Where(verb => !verb.Hidden).Select(verb => Of(verb, common));
        return new Manual(root.Description ?? "", common, [.. verbs]);
    }

    private static ManualVerb Of(Command verb, IEnumerable<ManualOption> common) => new(
        verb.Name,
        verb.Description ?? "",
        [.. verb.Arguments.Select(value => ManualValue.Of(value.Name, value.Description ?? "", value.Arity.MaximumNumberOfValues > 1))],
        [.. verb.Options.Select(ManualOption.Of), .. common]);
}

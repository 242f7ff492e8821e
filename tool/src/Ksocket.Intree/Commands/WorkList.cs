// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using System.CommandLine.Parsing;
using Ksocket.Intree.Answers;
using Ksocket.Intree.Core;
using Ksocket.Intree.Output;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Trees;

namespace Ksocket.Intree.Commands;

/// <summary>
/// What prove --list prints: a command for each tree and form, which the programs that spread work over machines take
/// (GNU parallel, xargs, Slurm's arrays, the matrix of a CI service).
/// </summary>
internal static class WorkList
{
    /// <summary>Options that choose the work, not how one run does it.</summary>
    private static readonly string[] NotPassedOn =
        ["--list", "--built-in", "--module", "--kunit", "--all", "--each-patch", "-C", "--json", "-q"];

    /// <summary>The files of one run would be overwritten by the next, and --image is one proof.</summary>
    public static void Refuse(CommandResult result, Option<bool> list, IEnumerable<Option> others)
    {
        foreach (var option in others.Where(option => result.GetValue(list) && result.GetResult(option) is { Implicit: false }))
        {
            result.AddError($"--list and {option.Name} exclude each other: --list is for trees that prove builds, each with --json");
        }
    }

    public static VerbOutcome Of(ParseResult parse, IReadOnlyList<string> trees, IReadOnlyList<Form> forms)
    {
        // Trees that cannot be opened are found here, not on the machine that takes the line.
        var folders = trees.Select(tree => NamedTree.OpenFolder(tree).Root).ToList();
        var options = Given(parse).ToList();
        List<string> lines =
        [
            .. from folder in folders
               from form in forms
               select string.Join(' ', ((string[])["ksocket-intree", "prove", "--json", $"--{OptionOf(form)}", .. options, folder])
                   .Select(ShellWord.Quote)),
        ];
        return VerbOutcome.Of(
            ExitCode.Done, terminal => lines.ForEach(terminal.Answer), new WorkAnswer(lines), AnswerJson.Default.WorkAnswer);
    }

    /// <summary>The other options as they were given, each with its values.</summary>
    private static IEnumerable<string> Given(ParseResult parse) =>
        from result in parse.CommandResult.Children.OfType<OptionResult>()
        where !result.Implicit && !NotPassedOn.Contains(result.Option.Name)
        from word in result.Tokens.Count == 0
            ? [result.Option.Name]
            : result.Tokens.SelectMany(token => (string[])[result.Option.Name, token.Value])
        select word;

    private static string OptionOf(Form form) => form switch
    {
        Form.Module => "module",
        Form.Tests => "kunit",
        Form.EachPatch => "each-patch",
        Form.BuiltIn => "built-in",
        _ => throw new InvalidOperationException($"{form} has no option"),
    };
}

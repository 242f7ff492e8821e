// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using System.CommandLine.Parsing;
using Ksocket.Intree.Core.Driver;

namespace Ksocket.Intree.Words;

/// <summary>Arguments and options that mean the same to every verb that has them.</summary>
internal static class Arguments
{
    public static Argument<string> Tree(string description = "The top of a kernel tree, or a commit as REPO@REV; the current folder by default")
    {
        var tree = new Argument<string>("TREE") { Description = description, DefaultValueFactory = _ => "." };
        tree.Validators.Add(result =>
        {
            // The parser takes a word it does not know for a TREE; nobody means a folder by "--chekc".
            if (result.Tokens is [{ Value: ['-', ..] } token])
            {
                result.AddError($"there is no option '{token.Value}' here");
            }

            if (result.Tokens is [{ Value: "" }])
            {
                result.AddError("TREE is empty; name the top folder of a kernel tree");
            }
        });
        return tree;
    }

    public static Argument<string> Folder() => Tree("The top of a kernel tree; the current folder by default");

    /// <summary>Any number of folders; none means the current one.</summary>
    public static Argument<string[]> Folders()
    {
        var trees = new Argument<string[]>("TREE") { Description = "The tops of kernel trees; the current folder by default", Arity = ArgumentArity.ZeroOrMore };
        trees.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => token.Value is ['-', ..]) is { } token)
            {
                result.AddError($"there is no option '{token.Value}' here");
            }

            if (result.Tokens.Any(token => token.Value.Length == 0))
            {
                result.AddError("TREE is empty; name the top folder of a kernel tree");
            }
        });
        return trees;
    }

    /// <summary>--parts driver,samples or all; null where it is not given.</summary>
    public static Option<IReadOnlyList<Part>?> Parts(string byDefault) => new("--parts")
    {
        HelpName = "driver,samples,docs|all",
        Description = $"The parts meant; {byDefault} by default",
        CustomParser = ReadParts,
    };

    public static Option<bool> Check(string description) => new("--check") { Description = description };

    private static IReadOnlyList<Part>? ReadParts(ArgumentResult result)
    {
        var parts = new SortedSet<Part>();
        foreach (var word in result.Tokens.SelectMany(token => token.Value.Split(',')))
        {
            var named = Core.Driver.Parts.All.Where(part => word == "all" || part.Word() == word).ToList();
            if (named.Count == 0)
            {
                result.AddError($"--parts: there is no part '{word}'; the parts are {string.Join(", ", Core.Driver.Parts.All.Select(part => part.Word()))}, or all");
            }

            parts.UnionWith(named);
        }

        return [.. parts];
    }
}

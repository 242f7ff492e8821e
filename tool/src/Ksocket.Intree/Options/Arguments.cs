// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using System.CommandLine.Parsing;
using Ksocket.Intree.Core.Driver;

namespace Ksocket.Intree.Options;

/// <summary>Arguments and options that several verbs share.</summary>
internal static class Arguments
{
    public static Argument<string?> Tree(
        string description = "The top folder of a kernel tree, or a commit as REPO@REV[:FOLDER]; the current folder by default") =>
        new("TREE") { Description = description, Arity = ArgumentArity.ZeroOrOne };

    public static Argument<string?> Folder() => Tree("The top folder of a kernel tree; the current folder by default");

    /// <summary>Any number of folders; none means the current one.</summary>
    public static Argument<string[]> Folders() => new("TREE")
    {
        Description = "The top folders of kernel trees; the current folder by default",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>The output folder of builds with O=, whose .config is then meant.</summary>
    public static Option<string?> Output { get; } = new("-O")
    {
        HelpName = "DIR",
        Description = "The output folder of builds with O=DIR, whose .config is meant; KBUILD_OUTPUT by default",
    };

    /// <summary>--parts driver,samples or all; null if not given.</summary>
    public static Option<IReadOnlyList<Part>?> Parts(string byDefault) => new("--parts")
    {
        HelpName = "driver,samples,docs|all",
        Description = $"The parts meant; {byDefault} by default",
        CustomParser = ReadParts,
    };

    /// <summary>Further drivers, each a folder; see <see cref="Trees.NamedDrivers"/>.</summary>
    public static Option<string[]?> With { get; } = new("--with")
    {
        HelpName = "DRIVER",
        Description = "Also this driver: its folder, or one of a commit as REPO@REV:FOLDER; it lands in drivers/, "
            + "or where DRIVER:drivers/net/NAME says. May be repeated",
    };

    public static Option<bool> Only { get; } = new("--only")
    {
        Description = "Only the drivers of --with, without ksocket",
    };

    /// <summary>Rejects --only without a driver.</summary>
    public static void RefuseOnly(CommandResult result)
    {
        if (result.GetValue(Only) && result.GetValue(With) is not { Length: > 0 })
        {
            result.AddError("--only needs --with, which names the drivers");
        }
    }

    public static Option<bool> Check(string description) => new("--check", "-n") { Description = description };

    private static IReadOnlyList<Part>? ReadParts(ArgumentResult result)
    {
        var chosen = new SortedSet<Part>();
        foreach (var word in result.Tokens.SelectMany(token => token.Value.Split(',')))
        {
            var named = Core.Driver.Parts.All.Where(part => word == "all" || part.Word() == word).ToList();
            if (named.Count == 0)
            {
                var parts = string.Join(", ", Core.Driver.Parts.All.Select(part => part.Word()));
                result.AddError($"--parts: there is no part '{word}'; the parts are {parts}, or all");
            }

            chosen.UnionWith(named);
        }

        return [.. chosen];
    }
}

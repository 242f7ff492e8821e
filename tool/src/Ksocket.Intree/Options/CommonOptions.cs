// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using Ksocket.Intree.Output;

namespace Ksocket.Intree.Options;

/// <summary>The options that every verb has.</summary>
internal static class CommonOptions
{
    public static readonly Option<string> Folder = new("-C")
    {
        HelpName = "DIR",
        Description = "Run as if started in DIR",
        Recursive = true,
    };

    public static readonly Option<ColorChoice> Color = new("--color")
    {
        HelpName = "auto|always|never",
        Description = "When to color the answer; auto: on a terminal, unless NO_COLOR is set",
        Recursive = true,
        CustomParser = result => EnumWord.Read<ColorChoice>("--color", result),
    };

    public static readonly Option<bool> Quiet = new("--quiet", "-q")
    {
        Description = "Print the answer and errors only: no warnings, advice or progress",
        Recursive = true,
    };

    public static readonly Option<bool> Json = new("--json")
    {
        Description = "Print one JSON object; json.md in the documentation describes it",
        Recursive = true,
    };
}

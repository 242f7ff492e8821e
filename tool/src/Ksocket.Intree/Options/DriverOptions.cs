// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using System.CommandLine.Parsing;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Trees;

namespace Ksocket.Intree.Options;

/// <summary>Options of prove for the drivers of the user.</summary>
internal static class DriverOptions
{
    public static readonly Option<string[]?> Expect = new("--expect")
    {
        HelpName = "TEXT",
        Description = "With --with: the boot must print this, too. May be repeated",
    };

    public static void Refuse(CommandResult result)
    {
        Arguments.RefuseOnly(result);
        if (result.GetValue(Expect) is { Length: > 0 } && result.GetValue(Arguments.With) is not { Length: > 0 })
        {
            result.AddError("--expect needs --with; a test of --init has 'expect' lines in its file");
        }
    }

    public static ProvedDrivers Read(ParseResult parse) => new(
        Bundled: !parse.GetValue(Arguments.Only),
        Own: NamedDrivers.Read(parse.GetValue(Arguments.With), only: true),
        Expect: [.. parse.GetValue(Expect) ?? []]);
}

// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine;
using System.CommandLine.Parsing;
using Ksocket.Intree.Core;
using Ksocket.Intree.Proof.Terms;
using Ksocket.Intree.Trees;

namespace Ksocket.Intree.Options;

/// <summary>Options of prove for the drivers of the user.</summary>
internal static class DriverOptions
{
    /// <summary>A line of the boot script has 1,024 bytes.</summary>
    private const int LongestText = 200;

    public static readonly Option<string[]?> Expect = new("--expect")
    {
        HelpName = "TEXT",
        Description = "With --with: the boot must print this, too, built in and as modules. May be repeated",
    };

    /// <param name="forms">Those of the run.</param>
    /// <param name="isBooted">Whether the architecture is booted.</param>
    public static void Refuse(CommandResult result, IReadOnlyCollection<Form> forms, bool isBooted)
    {
        Arguments.RefuseOnly(result);
        var texts = result.GetValue(Expect) ?? [];
        if (texts.Length == 0)
        {
            return;
        }

        if (result.GetValue(Arguments.With) is not { Length: > 0 })
        {
            result.AddError("--expect needs --with; a test of --init has 'expect' lines in its file");
        }
        else if (!isBooted || !forms.Any(form => form is Form.BuiltIn or Form.Module))
        {
            result.AddError("--expect needs --built-in or --module, and a kernel that is booted");
        }
        else if (texts.FirstOrDefault(text => text.Length > LongestText) is not null)
        {
            result.AddError($"--expect: a text has more than {LongestText} characters");
        }
    }

    /// <param name="settings">Those of --set and --fragment, which must not be of a symbol that the proof sets.</param>
    public static ProvedDrivers Read(ParseResult parse, IReadOnlyCollection<Form> forms, IReadOnlyList<ConfigSetting> settings)
    {
        var drivers = new ProvedDrivers(
            Bundled: !parse.GetValue(Arguments.Only),
            Own: NamedDrivers.Read(parse.GetValue(Arguments.With), only: true),
            Expect: [.. parse.GetValue(Expect) ?? []]);
        var set = forms.SelectMany(drivers.Settings).Select(one => one.Symbol).ToHashSet(StringComparer.Ordinal);
        return settings.FirstOrDefault(setting => set.Contains(setting.Symbol)) is { } wrong
            ? throw IntreeFailure.NotUnderstood(
                $"{wrong}: prove itself sets CONFIG_{wrong.Symbol}, the symbol of a driver of --with",
                "leave it out of --set and --fragment")
            : drivers;
    }
}

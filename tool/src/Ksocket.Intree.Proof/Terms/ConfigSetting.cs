// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;

namespace Ksocket.Intree.Proof.Terms;

/// <summary>A value for a configuration symbol.</summary>
/// <param name="Symbol">The name without CONFIG_.</param>
/// <param name="Value">As in .config: y, m, a number or a quoted string; or n.</param>
public sealed partial record ConfigSetting(string Symbol, string Value)
{
    /// <summary>True for n, for which .config has a comment or no line at all.</summary>
    public bool IsOff => Value == "n";

    /// <summary>The line of .config.</summary>
    public string Line => IsOff ? $"# CONFIG_{Symbol} is not set" : ToString();

    /// <summary>True if .config has this value.</summary>
    /// <param name="line">The line of the symbol in .config; null if there is none.</param>
    public bool IsIn(string? line) => line == Line || (IsOff && line is null);

    /// <summary>Reads CONFIG_NAME=VALUE, or the comment that .config has for n.</summary>
    /// <param name="fault">Why the text is not a setting.</param>
    public static ConfigSetting? TryRead(string text, out string fault)
    {
        fault = "";
        if (Unset().Match(text) is { Success: true } unset)
        {
            return new ConfigSetting(unset.Groups["symbol"].Value, "n");
        }

        if (Set().Match(text) is not { Success: true } set)
        {
            fault = $"'{text}' is not CONFIG_NAME=VALUE";
            return null;
        }

        var (symbol, value) = (set.Groups["symbol"].Value, set.Groups["value"].Value);
        if (ValidValue().IsMatch(value))
        {
            return new ConfigSetting(symbol, value);
        }

        fault = $"the value of CONFIG_{symbol} is '{value}', not y, m, n, a number or a string in double quotes";
        return null;
    }

    public override string ToString() => $"CONFIG_{Symbol}={Value}";

    [GeneratedRegex(@"^CONFIG_(?<symbol>\w+)=(?<value>.*)$", RegexOptions.ECMAScript)]
    private static partial Regex Set();

    [GeneratedRegex(@"^# CONFIG_(?<symbol>\w+) is not set$", RegexOptions.ECMAScript)]
    private static partial Regex Unset();

    [GeneratedRegex(@"^([ymn]|-?[0-9]+|0[xX][0-9a-fA-F]+|""([^""\\]|\\.)*"")$", RegexOptions.ECMAScript)]
    private static partial Regex ValidValue();
}

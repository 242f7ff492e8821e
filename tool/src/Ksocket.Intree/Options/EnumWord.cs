// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine.Parsing;

namespace Ksocket.Intree.Options;

/// <summary>An option whose value is one of the names of an enum; numbers are rejected.</summary>
internal static class EnumWord
{
    public static T Read<T>(string option, ArgumentResult result)
        where T : struct, Enum
    {
        var word = result.Tokens[0].Value;
        foreach (var value in Enum.GetValues<T>())
        {
            if (string.Equals(value.ToString(), word, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        var words = Enum.GetNames<T>().Select(name => name.ToLowerInvariant());
        result.AddError($"{option}: '{word}' is not one of {string.Join(", ", words)}");
        return default;
    }
}

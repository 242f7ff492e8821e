// SPDX-License-Identifier: GPL-2.0-only
using System.CommandLine.Parsing;
using System.Globalization;

namespace Ksocket.Intree.Options;

/// <summary>An option whose value is a whole number from 1 on.</summary>
internal static class Number
{
    public static int Read(string option, string what, int most, ArgumentResult result)
    {
        var word = result.Tokens[0].Value;
        if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most)
        {
            return number;
        }

        result.AddError($"{option}: '{word}' is not {what} from 1 to {most}");
        return 1;
    }
}

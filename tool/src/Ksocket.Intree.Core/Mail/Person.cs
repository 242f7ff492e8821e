// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;

namespace Ksocket.Intree.Core.Mail;

/// <summary>An author or signer: "Name &lt;mail@host&gt;".</summary>
public sealed partial record Person(string Name, string Mail)
{
    /// <summary>
    /// The author of a series for which none is given. The domain can never exist (RFC 2606), so that no reply reaches a
    /// third party.
    /// </summary>
    public static Person Project { get; } = new("ksocket-intree", "ksocket-intree@example.invalid");

    public override string ToString() => $"{Name} <{Mail}>";

    /// <summary>Null if the text does not have this form.</summary>
    public static Person? TryParse(string text) =>
        Form().Match(text.Trim()) is { Success: true } match
            ? new Person(match.Groups["name"].Value.Trim(), match.Groups["mail"].Value)
            : null;

    [GeneratedRegex(@"^(?<name>[^<>\r\n]*[^<>\r\n\s])\s*<(?<mail>[^<>\s@]+@[^<>\s@]+)>$")]
    private static partial Regex Form();
}

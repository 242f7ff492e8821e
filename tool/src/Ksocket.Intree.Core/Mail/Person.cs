// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;

namespace Ksocket.Intree.Core.Mail;

/// <summary>Somebody who writes or signs: "Name &lt;mail@host&gt;".</summary>
public sealed partial record Person(string Name, string Mail)
{
    /// <summary>
    /// Who writes a series that nobody has put their name to. The domain can never exist (RFC 2606), so that no
    /// answer goes to a stranger.
    /// </summary>
    public static Person Project { get; } = new("ksocket-intree", "ksocket-intree@example.invalid");

    public override string ToString() => $"{Name} <{Mail}>";

    /// <summary>Null where the text is no such thing.</summary>
    public static Person? TryParse(string text) =>
        Form().Match(text.Trim()) is { Success: true } match ? new Person(match.Groups["name"].Value.Trim(), match.Groups["mail"].Value) : null;

    [GeneratedRegex(@"^(?<name>[^<>\r\n]*[^<>\r\n\s])\s*<(?<mail>[^<>\s@]+@[^<>\s@]+)>$")]
    private static partial Regex Form();
}

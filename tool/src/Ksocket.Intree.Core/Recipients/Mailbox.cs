// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;

namespace Ksocket.Intree.Core.Recipients;

/// <summary>An address with its display name, which may be empty.</summary>
public sealed partial record Mailbox(string Name, string Address)
{
    public override string ToString() => Name.Length > 0 ? $"{Name} <{Address}>" : Address;

    /// <summary>Reads the value of an M:, R: or L: line, or an entry of .mailmap; null if it has no address.</summary>
    internal static Mailbox? TryParse(string text) =>
        Named().Match(text) is { Success: true } named ? new Mailbox(Bare(named.Groups[1].Value), named.Groups[2].Value.Trim())
        : Bracketed().Match(text) is { Success: true } bracketed ? new Mailbox("", bracketed.Groups[1].Value.Trim())
        : Alone().Match(text) is { Success: true } alone ? new Mailbox("", alone.Groups[1].Value.Trim())
        : null;

    private static string Bare(string name)
    {
        var text = name.Trim();
        text = text.StartsWith('"') ? text[1..] : text;
        return text.EndsWith('"') ? text[..^1] : text;
    }

    [GeneratedRegex(@"^([^<]+)<(.+@[^>]*)>")]
    private static partial Regex Named();

    [GeneratedRegex(@"^\s*<(.+@[^\s>]*)>")]
    private static partial Regex Bracketed();

    [GeneratedRegex(@"^(\S+@\S*)")]
    private static partial Regex Alone();
}

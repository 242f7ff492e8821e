// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Sending;

/// <summary>
/// The sendemail.* settings of git: those of the chosen identity go before those of none (git-send-email(1)). An empty value
/// is that of no setting, so that a repository can undo a setting of the user's.
/// </summary>
/// <param name="all">The git settings whose names start with "sendemail.", words of names in lower case.</param>
public sealed class SendSettings(ILookup<string, string> all)
{
    private const string Prefix = "sendemail.";

    /// <summary>Settings that git send-email obeys, that change what arrives or who gets it, and that send does not obey.</summary>
    private static readonly string[] NotFollowed =
        ["smtpauth", "smtpsslclientcert", "smtpsslclientkey", "smtpbatchsize", "smtprelogindelay", "transferencoding"];

    private readonly string? _identity = all[Prefix + "identity"].LastOrDefault();

    /// <summary>The names of settings that are there and that send does not follow, with their values.</summary>
    public IEnumerable<(string Name, string Value)> Ignored =>
        from word in NotFollowed
        let value = Value(word)
        where value is not null
        select (Prefix + word, value);

    /// <param name="word">The last word of the name, in lower case.</param>
    /// <returns>The value that git takes, which is the last; null for none.</returns>
    public string? Value(string word) => All(word) is [.., { Length: > 0 } last] ? last : null;

    /// <summary>Each value of a setting that may have several, in their order.</summary>
    public IReadOnlyList<string> Values(string word) => [.. All(word).Where(value => value.Length > 0)];

    private List<string> All(string word) =>
        _identity is not null && all.Contains($"{Prefix}{_identity}.{word}")
            ? [.. all[$"{Prefix}{_identity}.{word}"]]
            : [.. all[Prefix + word]];
}

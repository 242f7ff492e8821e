// SPDX-License-Identifier: GPL-2.0-only
using System.Globalization;
using Ksocket.Intree.Core;

namespace Ksocket.Intree.Sending;

/// <summary>How a connection to a mail server is protected.</summary>
public enum Encryption
{
    None,

    /// <summary>The connection starts in clear and is encrypted before anything is said (STARTTLS).</summary>
    Tls,

    /// <summary>It is encrypted from its first byte.</summary>
    Ssl,
}

/// <summary>The way to the mail server, from the sendemail.* settings of git.</summary>
/// <param name="Command">A shell command that takes a mail on stdin, instead of a server; null for a server.</param>
/// <param name="Certificates">A file of certificates to trust, instead of those of the system; null for those.</param>
public sealed record MailSettings(
    string? Command,
    string Host,
    int Port,
    Encryption Encryption,
    string? User,
    string? Password,
    string? Domain,
    string? EnvelopeSender,
    string? Certificates)
{
    private const string Prefix = "sendemail.";

    /// <summary>For messages: "smtp.example.org:587".</summary>
    public string Place => Command ?? $"{Host}:{Port}";

    /// <param name="settings">The git settings whose names start with "sendemail.", names in lower case.</param>
    public static MailSettings Of(IReadOnlyDictionary<string, string> settings)
    {
        var server = Value("smtpserver");
        var command = Value("sendmailcmd") ?? (server?.StartsWith('/') == true ? Quoted(server) : null);
        if (command is null && server is null)
        {
            throw IntreeFailure.NotUnderstood(
                "git does not know your mail server: sendemail.smtpServer is not set",
                "git config --global sendemail.smtpServer smtp.example.org; git send-email --help describes the other settings");
        }

        var encryption = Value("smtpencryption")?.ToLowerInvariant() switch
        {
            null or "" or "none" => Encryption.None,
            "tls" => Encryption.Tls,
            "ssl" => Encryption.Ssl,
            var other => throw IntreeFailure.NotUnderstood(
                $"sendemail.smtpEncryption is '{other}'",
                "set it to tls, ssl or none"),
        };
        return new MailSettings(
            command,
            server ?? "",
            PortOf(Value("smtpserverport"), encryption),
            encryption,
            Value("smtpuser"),
            Value("smtppass"),
            Value("smtpdomain"),
            Value("envelopesender") is { } sender && sender != "auto" ? sender : null,
            Value("smtpsslcertpath"));

        // Settings of the chosen identity go before those of none.
        string? Value(string name) =>
            settings.GetValueOrDefault(Prefix + "identity") is { } identity
                && settings.TryGetValue($"{Prefix}{identity}.{name}", out var own)
                    ? own
                    : settings.GetValueOrDefault(Prefix + name);
    }

    /// <summary>A path as one word for the shell.</summary>
    private static string Quoted(string path) => $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static int PortOf(string? text, Encryption encryption) => text switch
    {
        null or "" => encryption switch { Encryption.Ssl => 465, Encryption.Tls => 587, _ => 25 },
        _ when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536 => port,
        _ => throw IntreeFailure.NotUnderstood($"sendemail.smtpServerPort is '{text}', not a port", "set it to a number from 1 to 65535"),
    };
}

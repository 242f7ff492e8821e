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
/// <param name="CommandOptions">Words for that command, before those that send adds.</param>
/// <param name="EnvelopeSender">The address that gets bounces, or "auto" for that of the sender; null if it is not set.</param>
/// <param name="Certificates">A file of certificates to trust, instead of those of the system; null for those.</param>
public sealed record MailSettings(
    string? Command,
    IReadOnlyList<string> CommandOptions,
    string Host,
    int Port,
    Encryption Encryption,
    string? User,
    string? Password,
    string? Domain,
    string? EnvelopeSender,
    string? Certificates)
{
    /// <summary>For messages: "smtp.example.org:587".</summary>
    public string Place => Command ?? $"{Host}:{Port}";

    public static MailSettings Of(SendSettings settings)
    {
        var server = settings.Value("smtpserver");
        var command = settings.Value("sendmailcmd") ?? (server?.StartsWith('/') == true ? Quoted(server) : null);
        if (command is null && server is null)
        {
            throw IntreeFailure.NotUnderstood(
                "git does not know your mail server: sendemail.smtpServer is not set",
                "git config --global sendemail.smtpServer smtp.example.org; git send-email --help describes the other settings");
        }

        var encryption = settings.Value("smtpencryption")?.ToLowerInvariant() switch
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
            settings.Values("smtpserveroption"),
            server ?? "",
            PortOf(settings.Value("smtpserverport"), encryption),
            encryption,
            settings.Value("smtpuser"),
            settings.Value("smtppass"),
            settings.Value("smtpdomain"),
            settings.Value("envelopesender"),
            settings.Value("smtpsslcertpath"));
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

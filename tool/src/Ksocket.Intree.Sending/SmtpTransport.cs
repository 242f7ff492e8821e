// SPDX-License-Identifier: GPL-2.0-only
using System.Net.Sockets;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Ksocket.Intree.Sending;

/// <summary>A connection to a mail server (RFC 5321), opened when it is made.</summary>
internal sealed class SmtpTransport : MailTransport
{
    private readonly AskingClient _client = new();
    private readonly string _place;

    public SmtpTransport(MailSettings settings, TimeSpan limit)
    {
        _place = settings.Place;
        _client.Timeout = (int)limit.TotalMilliseconds;
        _client.LocalDomain = settings.Domain;
        if (settings.Certificates is { } file)
        {
            _client.ServerCertificateValidationCallback = TrustedCertificates.Read(file);
        }

        Try("connect", () =>
        {
            _client.Connect(settings.Host, settings.Port, settings.Encryption switch
            {
                Encryption.Ssl => SecureSocketOptions.SslOnConnect,
                Encryption.Tls => SecureSocketOptions.StartTls,
                _ => SecureSocketOptions.None,
            });
            if (settings.User is { } user)
            {
                _client.Authenticate(user, settings.Password ?? "");
            }
        });
    }

    public override void Ask(string sender, IReadOnlyList<string> recipients, long largest)
    {
        if (_client.MaxSize > 0 && _client.MaxSize < largest)
        {
            throw IntreeFailure.NotProven(
                $"{_place} takes mails of at most {_client.MaxSize} bytes, and the largest has {largest}; nothing was sent",
                "use a server that takes more");
        }

        Try("ask", () => _client.Ask(sender, recipients, largest));
    }

    public override void Send(string sender, IReadOnlyList<string> recipients, ByteString mail) => Try("send", () =>
    {
        using var stream = new MemoryStream(mail.ToArray());
        using var message = MimeMessage.Load(stream);
        _client.Send(message, new MailboxAddress("", sender), recipients.Select(address => new MailboxAddress("", address)));
    });

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            try
            {
                _client.Disconnect(quit: _client.IsConnected);
            }
            catch (Exception error) when (IsOfServer(error))
            {
                // It has taken every mail that it said it took.
            }

            _client.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Try(string what, Action action)
    {
        try
        {
            action();
        }
        catch (SmtpCommandException refusal)
        {
            var whom = refusal.Mailbox is { } mailbox ? $" for {mailbox.Address}" : "";
            throw IntreeFailure.NotProven(
                $"{_place} refuses{whom}: {(int)refusal.StatusCode} {refusal.Message.Trim()}",
                "nothing more was sent; correct it and send again, with --resume if a mail was sent already");
        }
        catch (Exception error) when (IsOfServer(error))
        {
            throw IntreeFailure.Fatal(
                $"{_place}: cannot {what}: {error.Message.Trim()}",
                "check the sendemail.* settings of git and the network, then send again, with --resume if a mail was sent already",
                error);
        }
    }

    private static bool IsOfServer(Exception error) => error is
        SocketException or IOException or TimeoutException or ProtocolException or CommandException
        or AuthenticationException or SslHandshakeException or NotSupportedException or ServiceNotConnectedException
        or ServiceNotAuthenticatedException;

    /// <summary>Asks a server whether it would take a mail, by starting a transaction that is then reset.</summary>
    private sealed class AskingClient : SmtpClient
    {
        public void Ask(string sender, IReadOnlyList<string> recipients, long largest)
        {
            var size = Capabilities.HasFlag(SmtpCapabilities.Size) ? $" SIZE={largest}" : "";
            Say($"MAIL FROM:<{sender}>{size}", sender);
            foreach (var recipient in recipients)
            {
                Say($"RCPT TO:<{recipient}>", recipient);
            }

            Say("RSET", sender);
        }

        private void Say(string command, string whom)
        {
            var answer = SendCommand(command);
            if ((int)answer.StatusCode is < 200 or > 299)
            {
                throw new SmtpCommandException(
                    SmtpErrorCode.RecipientNotAccepted,
                    answer.StatusCode,
                    new MailboxAddress("", whom),
                    answer.Response);
            }
        }
    }
}

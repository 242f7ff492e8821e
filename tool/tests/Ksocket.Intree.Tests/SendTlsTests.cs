// SPDX-License-Identifier: GPL-2.0-only
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>A server that wants TLS and a login, as those of most senders do.</summary>
public sealed class SendTlsTests : IDisposable
{
    private const string Login = "joerg:a pass:word";

    private readonly TempFolder _temp = new();
    private readonly Sender _sender;

    public SendTlsTests()
    {
        LiteralKernel.Named().WriteTo(_temp.PathOf("tree"));
        _sender = new Sender(SmallRepository.Make(_temp.PathOf("tree"), _temp.PathOf("linux")), _temp.PathOf("out"));
        var made = _sender.Series();
        Assert.True(made.Succeeded, made.Output.ToString());
        WriteCertificate(_temp.PathOf("pem"));
        WriteCertificate(_temp.PathOf("other"));
        Set("smtpSSLCertPath", _temp.PathOf("pem"));
        Set("smtpUser", "joerg");
        Password("a pass:word");
    }

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("--starttls", "tls")]
    [InlineData("--ssl", "ssl")]
    public void The_mails_arrive_with_a_password_of_a_credential_helper(string option, string encryption)
    {
        Set("smtpEncryption", encryption);
        using var server = new MailServer(_temp.PathOf("box"), option, _temp.PathOf("pem"), "--login", Login);
        var run = _sender.Send(server);
        Assert.True(run.Succeeded, run.Output.ToString());
        Assert.Equal(Sender.Mails, server.Mails.Count);
    }

    [Theory]
    [InlineData("smtpSSLCertPath", "other", 128, "cannot connect")]
    [InlineData("smtpSSLCertPath", "nothing", 2, "sendemail.smtpSSLCertPath is ")]
    [InlineData("smtpSSLCertPath", "empty", 2, "it has no certificate")]
    [InlineData("smtpSSLCertPath", "", 128, "cannot connect")]
    [InlineData("smtpPass", "wrong", 128, "cannot connect")]
    [InlineData("smtpEncryption", "none", 4, "refuses")]
    [InlineData("smtpEncryption", "TSL", 2, "sendemail.smtpEncryption is 'tsl'")]
    [InlineData("credential.helper", "", 2, "no password for joerg at 127.0.0.1:")]
    public void A_wrong_setting_is_named_and_nothing_is_sent(string name, string value, int exit, string message)
    {
        File.WriteAllText(_temp.PathOf("empty"), "");
        Set("smtpEncryption", "tls");
        Set(name, name == "smtpSSLCertPath" && value.Length > 0 ? _temp.PathOf(value) : value);
        if (name == "smtpEncryption")
        {
            Set("smtpUser", "");
        }

        using var server = new MailServer(_temp.PathOf("box"), "--starttls", _temp.PathOf("pem"), "--login", Login);
        var run = _sender.Send(server);
        Assert.True(run.ExitCode == exit, $"exit {run.ExitCode}: {run.Output}");
        Assert.Contains(message, run.Output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("a pass:word", run.Output.ToString(), StringComparison.Ordinal);
        Assert.Empty(server.Mails);
        Assert.False(File.Exists(Path.Combine(_sender.Folder, "meta/sent")));
    }

    private void Set(string name, string value) =>
        Run.Git(_sender.Kernel, "config", name.Contains('.', StringComparison.Ordinal) ? name : "sendemail." + name, value);

    private void Password(string password) => Set("credential.helper", $"!f() {{ echo 'password={password}'; }}; f");

    /// <summary>A certificate for the loopback address, signed by itself, and its key.</summary>
    private static void WriteCertificate(string path)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(path, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
    }
}

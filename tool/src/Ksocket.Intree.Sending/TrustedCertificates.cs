// SPDX-License-Identifier: GPL-2.0-only
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Ksocket.Intree.Core;

namespace Ksocket.Intree.Sending;

/// <summary>Trusts the certificates of one file, or of the files of one folder, as sendemail.smtpSSLCertPath names them.</summary>
internal static class TrustedCertificates
{
    /// <param name="path">In PEM; "~/" at its start is the home folder, as in git.</param>
    public static RemoteCertificateValidationCallback Read(string path)
    {
        var roots = new X509Certificate2Collection();
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var place = path.StartsWith("~/", StringComparison.Ordinal) ? Path.Combine(home, path[2..]) : path;
        try
        {
            foreach (var file in Directory.Exists(place) ? Directory.GetFiles(place) : [place])
            {
                roots.ImportFromPemFile(file);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw Wrong(path, error.Message);
        }

        return roots.Count > 0
            ? (_, certificate, _, errors) => Trusts(roots, certificate, errors)
            : throw Wrong(path, "it has no certificate");
    }

    private static bool Trusts(X509Certificate2Collection roots, X509Certificate? certificate, SslPolicyErrors errors)
    {
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        using var whole = new X509Certificate2(certificate);
        return chain.Build(whole);
    }

    private static IntreeFailure Wrong(string path, string what) => IntreeFailure.NotUnderstood(
        $"sendemail.smtpSSLCertPath is {path}: {what}",
        "name a file with certificates in PEM, or a folder of such files");
}

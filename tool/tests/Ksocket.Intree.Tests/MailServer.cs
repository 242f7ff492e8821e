// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Processes;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>A mail server on a free port of the loopback interface: tool/tests/mail/server.</summary>
internal sealed class MailServer : IDisposable
{
    private readonly Conversation _server;
    private readonly string _folder;

    /// <param name="folder">Where it writes the mails; created if missing.</param>
    /// <param name="faults">Its options, such as "--size", "100000".</param>
    public MailServer(string folder, params string[] faults)
    {
        const string python = "/usr/bin/python3"; // the one with Debian's packages
        Assert.SkipUnless(
            File.Exists(python) && Run.Result(python, "/", "-c", "import aiosmtpd").Succeeded,
            "skipped: python3-aiosmtpd is not installed");
        _folder = Directory.CreateDirectory(folder).FullName;
        _server = new Child(python, [Repository.PathOf("tool/tests/mail/server"), _folder, .. faults]).Converse();
        using var answers = new StreamReader(_server.Answers, leaveOpen: true);
        Port = answers.ReadLine() ?? throw new IOException("the mail server does not start");
    }

    public string Port { get; }

    /// <summary>The mails that it took, in their order.</summary>
    public IReadOnlyList<string> Mails => MailsIn(_folder);

    public static IReadOnlyList<string> MailsIn(string folder) =>
    [
        .. Directory.GetFiles(folder, "*.eml")
            .OrderBy(file => file.Length)
            .ThenBy(file => file, StringComparer.Ordinal)
            .Select(File.ReadAllText),
    ];

    public void Dispose() => _server.Dispose();
}

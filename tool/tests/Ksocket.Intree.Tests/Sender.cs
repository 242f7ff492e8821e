// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>A person with a kernel repository, whose name is not ASCII, and who sends series from it.</summary>
internal sealed partial class Sender
{
    public const string Name = "Jörg Łukasz";
    public const string Mail = "joerg@example.org";

    /// <summary>The patches of a series.</summary>
    public static int Patches { get; } = DriverSource.Bundled.Topics.All.Length;

    /// <summary>Its mails, with the cover letter.</summary>
    public static int Mails { get; } = Patches + 1;

    /// <param name="repository">A repository with a kernel and the tag "base".</param>
    public Sender(string repository, string folder)
    {
        (Kernel, Folder) = (repository, folder);
        Run.Git(repository, "config", "user.name", Name);
        Run.Git(repository, "config", "user.email", Mail);
        Run.Git(repository, "config", "sendemail.smtpServer", "127.0.0.1");
        Run.Git(repository, "config", "sendemail.smtpDomain", "localhost");
    }

    public string Kernel { get; }

    /// <summary>Where the series is.</summary>
    public string Folder { get; }

    public ChildResult Series(params string[] words) => Command(
    [
        "series", "-s", "--cover-letter", "--to", "list@example.org", "-o", Folder,
        .. words.Contains("--subject-prefix") ? [] : (string[])["--subject-prefix", "PATCH net-next"],
        .. words, $"{Kernel}@base",
    ]);

    public ChildResult Send(MailServer server, params string[] words) => Send(server.Port, words);

    public ChildResult Send(string port, params string[] words)
    {
        Run.Git(Kernel, "config", "sendemail.smtpServerPort", port);
        return Command(["send", "--net-next-open", .. words, Folder]);
    }

    /// <summary>Runs the program in the repository.</summary>
    public ChildResult Command(params string[] words) => new Child(RealProgram.Managed, words)
    {
        Folder = Kernel,
        Environment = new Dictionary<string, string?>
        {
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["GIT_CONFIG_GLOBAL"] = "/dev/null",
            ["KSOCKET_INTREE_TRACE"] = null,
            ["DOTNET_EnableDiagnostics"] = "0",
        },
    }.Run();

    /// <summary>The mails that a server took, as an mbox.</summary>
    public static string Mbox(IEnumerable<string> mails) =>
        string.Concat(mails.Select(mail => "From x Thu Jan  1 00:00:00 2026\n" + Envelope().Replace(mail, "") + "\n"));

    public static string Header(string mail, string name) =>
        Regex.Match(mail, $"(?m)^{name}: (.*(?:\n[ \t].*)*)").Groups[1].Value;

    /// <summary>The lines that the server adds.</summary>
    [GeneratedRegex("(?m)^X-(Mail-From|Rcpt-To): .*\n")]
    private static partial Regex Envelope();
}

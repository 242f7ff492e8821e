// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>
/// The whole way of a series with real kernels: series, send, a mail server, an mbox, and back through git am, b4 and StGit
/// into one tree id; then the second revision.
/// </summary>
public sealed class WholeWayTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Theory]
    [InlineData("6.12")]
    [InlineData("7.3")]
    public void A_series_of_a_sender_with_a_name_outside_ASCII_arrives_whole(string version)
    {
        var sender = new Sender(SmallRepository.Make(RealKernels.Pristine(version), _temp.PathOf("linux")), _temp.PathOf("out"));
        Done(sender.Series("--cc-maintainers"));
        using var server = new MailServer(_temp.PathOf("box"), "--size", "100000");
        Done(sender.Send(server, "--tree", sender.Kernel + "@base"));
        var mbox = _temp.PathOf("mbox");
        File.WriteAllText(mbox, Sender.Mbox(server.Mails));

        Done(sender.Command("commit", "-s", "-b", "commits", sender.Kernel + "@base"));
        var expected = TreeOf(sender, "commits");
        Assert.Equal(expected, Arrived(sender, "am", "git", "am", "-q", "--empty=drop", mbox));
        Skip.Without("stg");
        Assert.Equal(expected, Arrived(sender, "stgit", "sh", "-c", $"stg init && stg import -m '{WithoutCover(server)}'"));
        Skip.Without("b4");
        var unfolded = WithUnfoldedSubjects(mbox);
        Assert.Equal(expected, Arrived(sender, "b4", "b4", "--no-stdin", "--offline-mode", "shazam", "-C", "-m", unfolded));
    }

    /// <summary>stg import makes a patch of each mail, and a cover letter is none.</summary>
    private string WithoutCover(MailServer server)
    {
        var path = _temp.PathOf("patches.mbox");
        File.WriteAllText(path, Sender.Mbox(server.Mails.Skip(1)));
        return path;
    }

    /// <summary>b4 0.12 stops at a subject of two lines, also in a mail of git format-patch.</summary>
    private string WithUnfoldedSubjects(string mbox)
    {
        var path = _temp.PathOf("unfolded.mbox");
        File.WriteAllText(path, Regex.Replace(File.ReadAllText(mbox), "(?m)^(Subject: .*)\n[ \t]", "$1 "));
        return path;
    }

    private static string Arrived(Sender sender, string branch, string program, params string[] words)
    {
        Run.Git(sender.Kernel, "checkout", "-q", "-b", branch, "base");
        Run.Program(program, sender.Kernel, words);
        return TreeOf(sender, branch);
    }

    private static string TreeOf(Sender sender, string branch) => Run.Git(sender.Kernel, "rev-parse", branch + "^{tree}").Trim();

    private static void Done(Processes.ChildResult run) => Assert.True(run.Succeeded, run.Output.ToString());
}

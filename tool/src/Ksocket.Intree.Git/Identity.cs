// SPDX-License-Identifier: GPL-2.0-only
using System.Text;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Mail;

namespace Ksocket.Intree.Git;

/// <summary>The caller's git identity, for a requested Signed-off-by.</summary>
public static class Identity
{
    /// <summary>The committer that git would use in this folder; never one that git derives from the host name.</summary>
    public static Person OfCaller(string folder)
    {
        var git = GitProgram.Run(folder, "-c", "user.useConfigOnly=true", "var", "GIT_COMMITTER_IDENT");
        var ident = Encoding.UTF8.GetString(git.Output.ToArray());
        // "Name <mail> 1234567890 +0000"
        return git.Succeeded && ident.LastIndexOf('>') is var end and > 0 && Person.TryParse(ident[..(end + 1)]) is { } person
            ? person
            : throw IntreeFailure.NotUnderstood(
                "-s: git does not know who you are",
                "git config --global user.name 'Your Name'; git config --global user.email you@example.org");
    }
}

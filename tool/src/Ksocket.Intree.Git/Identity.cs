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
        var end = ident.LastIndexOf('>');
        return git.Succeeded && Person.TryParse(ident[..(end + 1)]) is { } person
            ? person
            : git.Succeeded ? throw IntreeFailure.NotUnderstood(
                $"-s: git knows you as '{ident[..(end + 1)]}', which is not of the form 'Name <mail@host>'",
                "correct user.name, user.email or the variables GIT_COMMITTER_NAME and GIT_COMMITTER_EMAIL")
            : throw IntreeFailure.NotUnderstood(
                $"-s: git does not know who you are in {folder}",
                "git config --global user.name 'Your Name'; git config --global user.email you@example.org");
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Sending;
using Ksocket.Intree.Processes;

namespace Ksocket.Intree.Sending;

/// <summary>
/// The hook sendemail-validate of the repository in whose work tree the program runs (githooks(5)): a team refuses mails with
/// it, and patatt signs them. As in git send-email it gets the file of each mail and a file with its headers, and may change the
/// first. A hook that fails refuses the series.
/// </summary>
public static class ValidateHook
{
    private const string Name = "sendemail-validate";

    /// <summary>The mails as the hook leaves them.</summary>
    /// <exception cref="IntreeFailure">The hook refused a mail.</exception>
    public static IReadOnlyList<OutgoingMail> Run(SendSettings settings, IReadOnlyList<OutgoingMail> mails)
    {
        if (settings.Value("validate") is "false" or "no" or "off" or "0" || Find() is not { } repository)
        {
            return mails;
        }

        var folder = Directory.CreateTempSubdirectory("ksocket-intree-");
        try
        {
            return [.. mails.Select((mail, at) => Checked(mail, repository, folder.FullName, at + 1, mails.Count))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <returns>The root of the work tree, if its repository has the hook.</returns>
    private static string? Find()
    {
        string[] questions = ["rev-parse", "--show-toplevel", "--git-path", $"hooks/{Name}"];
        var run = new Child("git", questions) { Apart = true }.Run();
        var answers = run.Output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return run.Succeeded && answers is [var root, var hook] && IsProgram(Path.GetFullPath(hook)) ? root : null;
    }

    private static bool IsProgram(string path) =>
        File.Exists(path) && (File.GetUnixFileMode(path) & UnixFileMode.UserExecute) != 0;

    private static OutgoingMail Checked(OutgoingMail mail, string repository, string folder, int number, int total)
    {
        var path = Path.Combine(folder, mail.FileName);
        var headers = path + ".headers";
        File.WriteAllBytes(path, mail.Bytes.Span);
        var end = mail.Bytes.Span.IndexOf("\n\n"u8);
        File.WriteAllBytes(headers, mail.Bytes.Span[..(end < 0 ? mail.Bytes.Length : end + 1)]);
        // "git hook run" finds the hook as git does, also by core.hooksPath. Git 2.36 has it.
        var run = new Child("git", ["hook", "run", Name, "--", path, headers])
        {
            Folder = repository,
            Environment = new Dictionary<string, string?>
            {
                ["GIT_SENDEMAIL_FILE_COUNTER"] = $"{number}",
                ["GIT_SENDEMAIL_FILE_TOTAL"] = $"{total}",
            },
        }.Run();
        if (!run.Succeeded)
        {
            var said = run.Output.ToString().Trim() is { Length: > 0 } text ? $": {text.Split('\n')[^1]}" : "";
            throw IntreeFailure.NotProven(
                $"the hook {Name} refused {mail.FileName}: exit code {run.ExitCode}{said}",
                "nothing was sent; correct the mail, or leave the hook aside: git config sendemail.validate false");
        }

        return mail with { Bytes = new ByteString(File.ReadAllBytes(path)) };
    }
}

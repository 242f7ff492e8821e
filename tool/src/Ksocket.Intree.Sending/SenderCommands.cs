// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Sending;
using Ksocket.Intree.Processes;

namespace Ksocket.Intree.Sending;

/// <summary>
/// What sendemail.bcc, toCmd, ccCmd and headerCmd add to the mails (git-send-email(1)). As there, each command is run by the
/// shell once for each mail, with the path of its file as the last word. Other than there, an address that is found for one mail
/// is on each, as all recipients of a series are.
/// </summary>
public static partial class SenderCommands
{
    /// <summary>Headers that send writes; a command may name recipients in To and Cc.</summary>
    private static readonly string[] Own =
    [
        "from", "sender", "date", "subject", "message-id", "in-reply-to", "references", "bcc",
        "mime-version", "content-type", "content-transfer-encoding",
    ];

    /// <summary>get_maintainer.pl takes a minute for a large patch on a loaded machine.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <param name="files">The mails, as paths.</param>
    /// <exception cref="IntreeFailure">A command failed, or printed what is neither an address nor a header.</exception>
    public static Additions Run(SendSettings settings, IReadOnlyList<string> files)
    {
        var (to, cc) = (new List<string>(), new List<string>());
        var headers = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            to.AddRange(Lines(settings, "toCmd", file).Select(line => Address("toCmd", line)));
            if (settings.Value("suppresscc") is not ("all" or "cccmd"))
            {
                cc.AddRange(Lines(settings, "ccCmd", file).Select(line => Address("ccCmd", line)));
            }

            var lines = Lines(settings, "headerCmd", file);
            if (lines.Count > 0)
            {
                headers[Path.GetFileName(file)] = Headers(lines, to, cc);
            }
        }

        var bcc = settings.Values("bcc").SelectMany(Addresses.Split).Select(text => Address("bcc", text));
        return new Additions(Addressees.None.With(new Addressees([.. to], [.. cc], [.. bcc])), headers.ToImmutable());
    }

    private static List<string> Lines(SendSettings settings, string name, string file)
    {
        if (settings.Value(name.ToLowerInvariant()) is not { } command)
        {
            return [];
        }

        var run = new Child("/bin/sh", ["-c", $"{command} \"$0\"", file]) { Apart = true, Limit = Limit }.Run();
        if (!run.Succeeded)
        {
            var why = run.TimedOut ? $"ran for over {Limit.TotalMinutes} minutes" : $"failed with exit code {run.ExitCode}";
            var last = run.Errors.ToString().TrimEnd().Split('\n')[^1];
            var said = last.Length > 0 ? $": {last}" : "";
            throw IntreeFailure.NotUnderstood($"sendemail.{name}: {command} {file} {why}{said}", Hint(name));
        }

        return [.. run.Output.ToString().ReplaceLineEndings("\n").Split('\n').Where(line => line.Trim().Length > 0)];
    }

    private static string Address(string name, string text) => Addresses.TryNormalizeLine(text.Trim()) ?? throw IntreeFailure.NotUnderstood(
        $"sendemail.{name} gives '{text.Trim()}', which is not a mail address", Hint(name));

    private static string Hint(string name) =>
        $"nothing was sent; correct it, or leave it aside in this repository: git config sendemail.{name} ''";

    /// <summary>The header lines of one mail; the addresses of To and Cc go to the lists instead.</summary>
    private static string Headers(List<string> lines, List<string> to, List<string> cc)
    {
        var headers = new List<string>();
        foreach (var line in lines)
        {
            if (line[0] is ' ' or '\t' && headers.Count > 0)
            {
                headers[^1] += line + "\n";
                continue;
            }

            var name = Header().Match(line).Groups["name"].Value;
            if (name.Length == 0 || Own.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                var what = name.Length == 0 ? "is not a header" : "is a header that send writes itself";
                throw IntreeFailure.NotUnderstood($"sendemail.headerCmd gives '{line}', which {what}", Hint("headerCmd"));
            }

            headers.Add(line + "\n");
        }

        var texts = headers.Select(header => new HeaderText(header)).ToList();
        to.AddRange(Named(texts, "To"));
        cc.AddRange(Named(texts, "Cc"));
        return string.Concat(texts.Where(header => !header.Is("To") && !header.Is("Cc")).Select(header => header.Text));
    }

    private static IEnumerable<string> Named(List<HeaderText> headers, string name) =>
        from header in headers
        where header.Is(name)
        from text in Addresses.Split(header.Value)
        select Address("headerCmd", text);

    [GeneratedRegex(@"^(?<name>[!-9;-~]+):[ \t]")]
    private static partial Regex Header();
}

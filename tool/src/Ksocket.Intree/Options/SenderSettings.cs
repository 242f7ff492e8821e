// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Git;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Sending;

namespace Ksocket.Intree.Options;

/// <summary>An address, and the setting of git that names it.</summary>
internal sealed record SetAddress(string Address, string Setting);

/// <summary>
/// What git's configuration says of mails, as git reads it in the repository of a tree (git-config(1), "format.*" and
/// "sendemail.*"). What git format-patch would do and series does not is a note, never silence.
/// </summary>
/// <param name="Prefix">format.subjectPrefix; null for none.</param>
/// <param name="Signature">format.signature, or the text of format.signatureFile; empty for none.</param>
/// <param name="FormatTo">format.to, to which --to adds.</param>
/// <param name="SendTo">sendemail.to, which --to replaces.</param>
internal sealed record SenderSettings(
    string? Prefix,
    bool SignsOff,
    bool HasCover,
    string Signature,
    IReadOnlyList<SetAddress> FormatTo,
    IReadOnlyList<SetAddress> FormatCc,
    IReadOnlyList<SetAddress> SendTo,
    IReadOnlyList<SetAddress> SendCc,
    IReadOnlyList<string> Notes)
{
    private const string Format = "format.";
    private const string Send = "sendemail.";

    /// <summary>Settings of which series does what they say, and those that change nothing that it writes.</summary>
    private static readonly string[] Followed =
    [
        "subjectprefix", "signoff", "coverletter", "signature", "signaturefile", "to", "cc",
        "from", "suffix", "pretty", "thread", "outputdirectory", "filenamemaxlength", "useautobase", "notes",
        "coverfromdescription", "forceinbodyfrom", "commitlistformat",
    ];

    public static SenderSettings None { get; } = new(null, SignsOff: false, HasCover: false, "", [], [], [], [], []);

    /// <param name="folder">A repository, or a folder in one or in none.</param>
    public static SenderSettings Of(string folder)
    {
        if (Programs.Find("git") is null)
        {
            return None; // no git, no configuration of it
        }

        var settings = GitSettings.All(folder, "(format|sendemail)");
        var identity = settings[Send + "identity"].LastOrDefault();
        return new SenderSettings(
            settings[Format + "subjectprefix"].LastOrDefault(),
            IsTrue(settings, Format + "signoff"),
            settings[Format + "coverletter"].LastOrDefault() == "auto" || IsTrue(settings, Format + "coverletter"),
            SignatureOf(folder, settings),
            Addressed(settings, Format + "to"),
            Addressed(settings, Format + "cc"),
            Addressed(settings, Name("to")),
            Addressed(settings, Name("cc")),
            [.. NotesOn(settings)]);

        // As git send-email: those of the chosen identity go before those of none.
        string Name(string word) =>
            identity is not null && settings.Contains($"{Send}{identity}.{word}") ? $"{Send}{identity}.{word}" : Send + word;
    }

    private static IEnumerable<string> NotesOn(ILookup<string, string> settings) =>
        from setting in settings
        where setting.Key.StartsWith(Format, StringComparison.Ordinal)
        let word = setting.Key[Format.Length..]
        where !Followed.Contains(word) && !IsAsOurs(word, setting.Last())
        select $"warning: series does not follow {setting.Key} of git's configuration, which is '{setting.Last()}'";

    /// <summary>Whether a setting asks for what series does anyway.</summary>
    private static bool IsAsOurs(string word, string value) => word switch
    {
        "numbered" => value == "auto" || GitSettings.ToBoolean(Format + word, value),
        "encodeemailheaders" => GitSettings.ToBoolean(Format + word, value),
        "mboxrd" or "noprefix" => !GitSettings.ToBoolean(Format + word, value),
        _ => false,
    };

    private static bool IsTrue(ILookup<string, string> settings, string name) =>
        settings[name].LastOrDefault() is { } value && GitSettings.ToBoolean(name, value);

    private static string SignatureOf(string folder, ILookup<string, string> settings)
    {
        if (settings[Format + "signature"].LastOrDefault() is { } signature)
        {
            return signature;
        }

        if (settings[Format + "signaturefile"].LastOrDefault() is not { } file)
        {
            return "";
        }

        var path = Path.Combine(folder, GitSettings.Path(folder, Format + "signaturefile") ?? file);
        try
        {
            return File.ReadAllText(path).ReplaceLineEndings("\n").TrimEnd('\n');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw IntreeFailure.NotUnderstood(
                $"format.signatureFile of git's configuration is {file}: {error.Message}",
                "correct it, or unset it: git config --unset format.signatureFile");
        }
    }

    private static List<SetAddress> Addressed(ILookup<string, string> settings, string name) =>
    [
        .. from value in settings[name]
           from text in Addresses.Split(value)
           select new SetAddress(
               Addresses.TryNormalize(text) ?? throw IntreeFailure.NotUnderstood(
                   $"{name} of git's configuration has '{text}', which is not a mail address",
                   "correct it, or leave git's configuration aside: --no-git-config"),
               name),
    ];
}

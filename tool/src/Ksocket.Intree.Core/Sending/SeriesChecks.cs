// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Mail;
using Ksocket.Intree.Core.Series;

namespace Ksocket.Intree.Core.Sending;

/// <summary>
/// The checks of a series before it is sent, which need only the series and what the sender named. The rules are those of
/// Documentation/process/submitting-patches.rst and maintainer-netdev.rst in a kernel tree.
/// </summary>
public static class SeriesChecks
{
    private const int MostPatches = 15;
    private const int CoverFrom = 3;

    /// <summary>What vger.kernel.org and most lists take, in bytes on the wire.</summary>
    private const int MostBytes = 100_000;

    private static readonly TimeSpan Pause = TimeSpan.FromHours(24);

    private static readonly string[] NetdevTrees = ["net-next", "net"];

    public static IReadOnlyList<CheckResult> Run(CheckInput input) =>
    [
        Fresh(input), Tree(input), Cover(input), Count(input), TextCheck.Run(input), Sizes(input), SignOff(input), Author(input),
        RecipientCheck.Run(input), HeaderCheck.Run(input), DeclarationCheck.Run(input), Maintained(input), Base(input), Built(input),
        ChangeLog(input), Waited(input), Open(input),
    ];

    private static CheckResult Fresh(CheckInput input) =>
        input.Stale is { } difference
            ? CheckResult.Refuse("fresh", $"{difference}; write it again: ksocket-intree verify --write {input.Series.Folder}")
            : CheckResult.Ok("fresh", "the patches are those of this driver and of the texts in meta");

    private static CheckResult Tree(CheckInput input)
    {
        string[] words = input.ListPrefix is { } own ? [own] : NetdevTrees;
        var prefix = input.Envelope.Prefix;
        return prefix.Split(' ').Intersect(words).FirstOrDefault() is { } named
            ? CheckResult.Ok("tree", $"the subjects name {named}")
            : CheckResult.Refuse(
                "tree",
                $"the subjects say [{prefix}], not a tree ({string.Join(" or ", words)}): series --subject-prefix 'PATCH {words[0]}', "
                    + "or name the word of another list with --list-prefix");
    }

    private static CheckResult Cover(CheckInput input) =>
        input.Series.Index.Patches.Length < CoverFrom || input.Envelope.CoverLetter
            ? CheckResult.Ok("cover", input.Envelope.CoverLetter ? "there is a cover letter" : "so few patches need no cover letter")
            : CheckResult.Refuse("cover", $"{CoverFrom} patches or more need a cover letter: series --cover-letter");

    private static CheckResult Count(CheckInput input) =>
        input.Series.Index.Patches.Length is var count && count <= MostPatches
            ? CheckResult.Ok("count", $"{count} patches")
            : CheckResult.Refuse("count", $"{count} patches; netdev takes at most {MostPatches} at a time");

    private static CheckResult Sizes(CheckInput input)
    {
        var largest = input.Mails.MaxBy(mail => mail.WireLength)!;
        var text = $"the largest mail, {largest.FileName}, has {largest.WireLength} bytes";
        return largest.WireLength <= MostBytes
            ? CheckResult.Ok("size", text)
            : CheckResult.Refuse("size", $"{text}; lists take {MostBytes}");
    }

    private static CheckResult SignOff(CheckInput input) =>
        input.Envelope.SignedOffBy == input.Envelope.Author
            ? CheckResult.Ok("sign-off", $"signed off by {input.Envelope.Author}")
            : CheckResult.Refuse("sign-off", $"the author, {input.Envelope.Author}, did not sign off: series -s");

    private static CheckResult Author(CheckInput input) =>
        ((Person[])[input.Envelope.Author, input.Sender]).FirstOrDefault(person => !Answers(person.Mail)) is { } silent
            ? CheckResult.Refuse("author", $"nobody can answer {silent.Mail}: series -s, or --author")
            : CheckResult.Ok("author", $"answers go to {input.Sender.Mail}");

    /// <summary>RFC 2606 reserves names that never exist.</summary>
    private static bool Answers(string mail)
    {
        string[] never = [".invalid", ".test", ".localhost", "localhost.localdomain"];
        return mail.Contains('.', StringComparison.Ordinal) && !never.Any(end => mail.EndsWith(end, StringComparison.Ordinal));
    }

    private static CheckResult Maintained(CheckInput input)
    {
        var first = input.Series.Letters.FirstOrDefault(letter => letter.FileName == input.Series.Index.Patches[0])?.Bytes ?? default;
        return !first.Contains("\n+++ b/MAINTAINERS\n"u8)
            ? CheckResult.Refuse("maintainers", "the first patch adds no entry to MAINTAINERS: series with all parts does")
            : input.Envelope.Maintainers.Count == 0
            ? CheckResult.Warn("maintainers", "the new entry of MAINTAINERS has no M: line: series -s, or --maintainer")
            : CheckResult.Ok("maintainers", $"{string.Join(", ", input.Envelope.Maintainers)} in the new entry of MAINTAINERS");
    }

    private static CheckResult Base(CheckInput input) => (input.Envelope.BaseCommit, input.Target) switch
    {
        (null, _) => CheckResult.Warn("base", "no base-commit, so bots do not know where to apply it: make the series from REPO@REV"),
        ({ } own, null) => CheckResult.Warn("base", $"{own}; --tree REPO@REV compares it with the tree"),
        ({ } own, { Commit: { } commit } tree) when own != commit => CheckResult.Refuse("base", $"{own}, but {tree.Name} is {commit}"),
        ({ } own, _) => CheckResult.Ok("base", own),
    };

    private static CheckResult Built(CheckInput input) => input.BuiltEach switch
    {
        true => CheckResult.Ok("builds", "each patch builds, as the proof shows"),
        false => CheckResult.Refuse("builds", "the proof does not show that each patch of this driver builds for this kernel"),
        null => CheckResult.Warn("builds", "not shown; prove --each-patch --json TREE > FILE, then --proof FILE"),
    };

    private static CheckResult ChangeLog(CheckInput input)
    {
        var (revision, texts) = (input.Series.Revision, input.Series.Texts);
        return revision == 1 ? CheckResult.Ok("changes", "a first revision has no change log")
            : texts.Changes.GetValueOrDefault(revision, "").Length == 0
            ? CheckResult.Refuse("changes", $"say in {SenderTexts.ChangesName(revision)} what changed, then verify --write")
            : !texts.Links.ContainsKey(revision - 1)
            ? CheckResult.Warn("changes", $"no link to v{revision - 1}: it was not sent with ksocket-intree")
            : CheckResult.Ok("changes", $"says what changed since v{revision - 1}");
    }

    private static CheckResult Waited(CheckInput input) => input.Before?.Started is not { } sent
        ? CheckResult.Ok("pause", "no earlier revision was sent from beside this folder")
        : input.Now - sent >= Pause
        ? CheckResult.Ok("pause", "the revision before is over a day old")
        : CheckResult.Refuse("pause", $"the revision before was sent at {sent:u}; netdev asks for 24 hours between two");

    private static CheckResult Open(CheckInput input) => !input.Envelope.Prefix.Split(' ').Contains("net-next")
        ? CheckResult.Ok("open", "not for net-next")
        : input.IsOpen
        ? CheckResult.Ok("open", "you say that net-next is open")
        : CheckResult.Refuse("open", "net-next is closed during the merge window; see whether it is open, then say --net-next-open");
}

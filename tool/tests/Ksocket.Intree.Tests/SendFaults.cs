// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Driver;

namespace Ksocket.Intree.Tests;

/// <summary>A fault in a series, and the check of send that must refuse it.</summary>
/// <param name="Seed">Makes the series with the fault.</param>
internal sealed record SendFault(string Check, string Name, Action<FaultySeries> Seed)
{
    public override string ToString() => $"{Check}: {Name}";
}

/// <summary>For each check of send, faults that it must find. Add a row for each new check or kind of fault.</summary>
internal static class SendFaults
{
    private static readonly string[] NoCover = ["-s", "--subject-prefix", "PATCH net", "--to", "a@example.org"];

    public static IReadOnlyList<SendFault> All { get; } =
    [
        new("fresh", "a patch was edited", one =>
        {
            one.Make();
            one.Edit("0001-", "+obj-$(CONFIG_KSOCKET)\t+= ksocket.o", "+obj-y += ksocket.o");
        }),
        new("tree", "the subjects name no tree", one => one.Make("--subject-prefix", "PATCH")),
        new("tree", "the subjects name another list", one =>
        {
            one.Make();
            one.Words.AddRange(["--list-prefix", "mm"]);
        }),
        new("cover", "no cover letter", one =>
        {
            var run = one.Sender.Command(["series", .. NoCover, "-o", one.Folder, one.Tree]);
            Assert.True(run.Succeeded, run.Output.ToString());
        }),
        new("count", "sixteen patches", one =>
        {
            one.Make();
            foreach (var number in Enumerable.Range(8, 9))
            {
                var name = $"{number:D4}-more.patch";
                File.Copy(one.Patch("0007-"), Path.Combine(one.Folder, name));
                File.AppendAllText(one.Meta("series"), name + "\n");
            }
        }),
        new("text", "a subject still to be written", one =>
        {
            one.Make();
            one.Write("cover", "*** SUBJECT HERE ***\n\nwords\n");
        }),
        new("text", "a note still to be written", one =>
        {
            one.Make();
            one.Write("notes.driver", "TODO: say why\n");
        }),
        new("text", "an empty cover letter", one =>
        {
            one.Make();
            File.WriteAllText(one.Meta("cover"), "");
        }),
        new("text", "a cover letter without a subject", one =>
        {
            one.Make();
            one.Write("cover", "\nwords\n");
        }),
        new("text", "a note that git am takes for a patch", one =>
        {
            one.Make();
            one.Write("notes.driver", "See:\ndiff --git a/x b/x\n");
        }),
        new("text", "a trailer that is none", one =>
        {
            one.Make();
            one.Write("trailers.driver", "words\n");
        }),
        new("size", "a mail longer than lists take", one =>
        {
            one.Make();
            one.Write("notes.tests", string.Concat(Enumerable.Repeat("a line of a very long note below the line\n", 1000)));
        }),
        new("sign-off", "the author did not sign off", one => one.Make("--author", "Other <other@example.org>")),
        new("author", "an author whom nobody can answer", one => one.Make("--author", "Other <other@example.invalid>")),
        new("recipients", "a maintainer is missing", one =>
        {
            one.Make();
            one.Words.AddRange(["--tree", one.Tree]);
        }),
        new("recipients", "nobody", one =>
        {
            string[] words = ["-s", "--cover-letter", "--subject-prefix", "PATCH net-next"];
            var run = one.Sender.Command(["series", .. words, "-o", one.Folder, one.Tree]);
            Assert.True(run.Succeeded, run.Output.ToString());
        }),
        new("encoding", "text outside ASCII that the headers do not declare", one =>
        {
            one.Make();
            one.Edit("0001-", "Content-Transfer-Encoding: 8bit\n", "");
        }),
        new("encoding", "a header outside ASCII", one =>
        {
            one.Make();
            one.Edit("0001-", "] ksocket: add", "] ksöcket: add");
        }),
        new("encoding", "a text that is not UTF-8", one =>
        {
            one.Make();
            File.AppendAllBytes(one.Patch("0001-"), [0xFC, (byte)'\n']);
        }),
        new("xmas-tree", "a declaration longer than the one before", one =>
        {
            one.Make();
            File.AppendAllText(one.Patch("0001-"), "diff --git a/x.c b/x.c\n+++ b/x.c\n+{\n+\tint a;\n+\tunsigned long longer;\n");
            one.Words.Add("--strict");
        }),
        new("maintainers", "no entry in MAINTAINERS", one =>
        {
            one.Make();
            one.Edit("0001-", "+++ b/MAINTAINERS\n", "+++ b/OTHER\n");
        }),
        new("base", "the tree is another", one =>
        {
            one.Make();
            Testing.Run.Git(one.Sender.Kernel, "commit", "-q", "--allow-empty", "-m", "more");
            one.Words.AddRange(["--tree", one.Sender.Kernel + "@HEAD"]);
        }),
        new("builds", "a proof of another form", one =>
        {
            one.Make();
            one.Proof("built in", DriverSource.Bundled.Hash);
        }),
        new("builds", "a proof of another driver", one =>
        {
            one.Make();
            one.Proof("each patch", new string('0', 64));
        }),
        new("changes", "a second revision without a change log", one =>
        {
            one.Make("-v", "2");
            one.Folder += "-v2";
        }),
        new("pause", "a revision an hour after the one before", one =>
        {
            one.Make();
            one.SentBefore();
            one.Make("-v", "2");
            one.Folder += "-v2";
            one.Write("changes.v2", "- less code\n");
        }),
        new("open", "net-next may be closed", one =>
        {
            one.Make();
            one.Words.Clear();
        }),
        new("checkpatch", "an error", one =>
        {
            one.Make();
            one.Script("scripts/checkpatch.pl", "0001.patch:7: ERROR:SPACING: space required");
        }),
        new("checkpatch", "a script that fails", one =>
        {
            one.Make();
            one.Script("scripts/checkpatch.pl", "\"; die \"no spelling list");
        }),
        new("kernel-doc", "a parameter without a description", one =>
        {
            one.Make();
            one.Script("scripts/kernel-doc", "a.c:7: warning: Function parameter 'a' not described");
        }),
        new("kernel-doc", "a script that fails", one =>
        {
            one.Make();
            one.Script("scripts/kernel-doc", "\"; die \"no module");
        }),
    ];
}

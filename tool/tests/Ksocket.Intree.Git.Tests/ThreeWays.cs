// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Mail;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Series;
using Ksocket.Intree.Files;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Git.Tests;

/// <summary>
/// apply and git add, commit, and git am of the series give the same tree id; and git format-patch of the commits of git am
/// gives our mails.
/// </summary>
internal sealed class ThreeWays
{
    private readonly string _repository;
    private readonly string _work;

    public ThreeWays(string tree, string work)
    {
        _work = work;
        _repository = SmallRepository.Make(tree, Path.Combine(work, "linux"));
    }

    public void Walk(Envelope envelope)
    {
        var driver = DriverSource.Bundled;
        using var tree = CommitTree.Open(_repository + "@base");
        var planned = SeriesPlanner.Plan(tree, driver, Parts.All);
        envelope = envelope with { BaseCommit = tree.Commit };
        var series = PatchSeries.Of(planned, Provenance.Of(planned, Parts.All, TreeKind.Unknown, ""), envelope, new CreatedFiles());
        var mails = Path.Combine(_work, "mails");
        SeriesFolder.Write(mails, series, isRecorded: false);

        Run.Git(_repository, ["checkout", "-q", "-b", "am"]);
        Run.Git(_repository, ["am", "-q", .. series.Index.Patches.Select(name => Path.Combine(mails, name))]);
        var byMail = TreeOf("am");

        Branch.Write(tree, "by-commit", planned, envelope);
        Assert.Equal(byMail, TreeOf("by-commit"));

        Run.Git(_repository, "checkout", "-q", "--detach", "base");
        var folder = FolderTree.Open(_repository);
        var plan = Planner.Plan(folder, driver, Parts.All, readsKconfig: false); // of a line, only the files that a plan needs
        FolderWriter.Write(folder, plan.Changes);
        Run.Git(_repository, ["add", "-f", .. plan.Changes.Select(change => change.Path.ToString())]);
        Assert.Equal(byMail, Run.Git(_repository, "write-tree").Trim());

        var oracle = Path.Combine(_work, "oracle");
        FormatPatch(envelope, oracle);
        Assert.Equal(series.Index.Patches.Order(), Directory.EnumerateFiles(oracle).Select(Path.GetFileName).Order());
        foreach (var letter in series.Letters)
        {
            Assert.Equal(new ByteString(File.ReadAllBytes(Path.Combine(oracle, letter.FileName))).ToString(), letter.Bytes.ToString());
        }

        // The series can be regenerated from its record, without the tree.
        var stored = SeriesFolder.Read(mails);
        var again = PatchSeries.Remake(SeriesFolder.IndexOf(mails, stored)!, driver, stored, new CreatedFiles());
        Assert.Null(SeriesDifference.First(stored, again));
    }

    /// <summary>The mails of git for the commits made from ours.</summary>
    private void FormatPatch(Envelope envelope, string folder)
    {
        string[] said =
        [
            .. envelope.Revision is { } revision ? (ReadOnlySpan<string>)[$"-v{revision}"] : [],
            .. envelope.To.Select(address => "--to=" + address),
            .. envelope.Cc.Select(address => "--cc=" + address),
        ];
        Run.Git(_repository, [
            "format-patch", "-q", "--full-index", "--zero-commit", "--no-signature", "-M0", "--stat=72", "--base=base",
            $"--subject-prefix={envelope.Prefix}", .. said, "-o", folder, "base..am"]);
    }

    private string TreeOf(string revision) => Run.Git(_repository, "rev-parse", revision + "^{tree}").Trim();
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Mail;
using Ksocket.Intree.Core.Series;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Core.Tests;

/// <summary>The files beside the patches that a sender writes, and what a cover letter claims.</summary>
public class SenderTextTests
{
    private const int MostBytes = 100_000;

    private static readonly DriverSource Driver = DriverSource.Bundled;

    private static readonly Envelope Signed = new(new Person("Jörg Ünal", "j@example.org"), Release.Date)
    {
        SignedOffBy = new Person("Jörg Ünal", "j@example.org"),
        Maintainers = [new Person("Jörg Ünal", "j@example.org")],
        CoverLetter = true,
        Revision = 2,
    };

    [Fact]
    public void No_mail_is_longer_than_lists_take() => Assert.All(
        Make(Signed, Parts.All, SenderTexts.None).Letters,
        letter => Assert.InRange(letter.Bytes.Length + letter.Bytes.Span.Count((byte)'\n'), 1, MostBytes * 95 / 100));

    [Fact]
    public void The_entry_of_MAINTAINERS_comes_with_the_first_file_and_names_the_sender()
    {
        var letters = Make(Signed, Parts.All, SenderTexts.None).Letters
            .Where(letter => letter.Bytes.Contains("+++ b/MAINTAINERS\n"u8))
            .ToList();
        Assert.StartsWith("v2-0001-", Assert.Single(letters).FileName, StringComparison.Ordinal);
        Assert.Contains("+M:\tJörg Ünal <j@example.org>\n", letters[0].Bytes.ToString(), StringComparison.Ordinal);
    }

    /// <summary>A tree with the entry of a signed series is one that remove undoes.</summary>
    [Fact]
    public void An_entry_with_a_maintainer_is_ours_and_can_be_removed()
    {
        var hook = Driver.Hooks.Single(hook => hook.Path == "MAINTAINERS");
        var before = LiteralKernel.Named().Build().Read("MAINTAINERS");
        var after = hook.MaintainedBy(["Jörg Ünal <j@example.org>", "B <b@example.org>"]).Apply(before);
        Assert.True(hook.IsOurs(after, Assert.Single(hook.Traces(after))));
        Assert.Equal(before, hook.Revert(after));
        var changed = after.ToString().Replace("L:\tnetdev", "L:\tother", StringComparison.Ordinal).Bytes();
        Assert.False(hook.IsOurs(changed, Assert.Single(hook.Traces(changed))));
    }

    [Fact]
    public void The_texts_of_the_sender_are_in_the_mails_and_survive_generation()
    {
        var files = Make(Signed, Parts.All, SenderTexts.None).Files.ToDictionary(file => file.FileName, file => file.Bytes);
        files["meta/cover"] = "My title with ü\n\nMy words.\n".Bytes();
        files["meta/changes.v2"] = "- less code\n".Bytes();
        files["meta/link.v1"] = "1@example.org\n".Bytes();
        files["meta/notes.driver"] = "Tested on a machine.".Bytes();
        files["meta/trailers.samples"] = "Reviewed-by: R <r@example.org>\n".Bytes();
        var index = SeriesFileReader.Read("series", files["meta/series"]);
        var series = PatchSeries.Remake(index, Driver, files, new CreatedFiles());
        var cover = series.Letters[0].Bytes.ToString();
        Assert.Contains("Subject: [PATCH v2 0/7] =?UTF-8?q?My=20title=20with=20=C3=BC?=\n", cover, StringComparison.Ordinal);
        Assert.Contains("\nMy words.\n", cover, StringComparison.Ordinal);
        Assert.Contains("Changes since v1 (https://lore.kernel.org/r/1@example.org):\n- less code\n", cover, StringComparison.Ordinal);
        Assert.Contains("\n---\nTested on a machine.\n\n ", series.Letters[1].Bytes.ToString(), StringComparison.Ordinal);
        Assert.Contains("\nReviewed-by: R <r@example.org>\nSigned-off-by: J", series.Letters[6].Bytes.ToString(), StringComparison.Ordinal);

        foreach (var file in series.Files)
        {
            files[file.FileName] = file.Bytes;
        }

        Assert.Null(SeriesDifference.First(files, PatchSeries.Remake(index, Driver, files, new CreatedFiles())));
    }

    [Fact]
    public void Without_a_cover_letter_the_change_log_is_in_the_first_patch()
    {
        var texts = SenderTexts.None with { Changes = SenderTexts.None.Changes.Add(2, "- less code\n") };
        var series = Make(Signed with { CoverLetter = false }, Parts.All, texts);
        Assert.Contains("\n---\nChanges since v1:\n- less code\n\n ", series.Letters[0].Bytes.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cover_letter_claims_only_what_the_series_has()
    {
        var cover = Make(Signed, [Part.Driver], SenderTexts.None).Letters[0].Bytes.ToString();
        foreach (var word in (string[])["samples", "documentation", "patch builds", "***", "TODO"])
        {
            Assert.DoesNotContain(word, cover, StringComparison.Ordinal);
        }

        var whole = Make(Signed, Parts.All, SenderTexts.None).Letters[0].Bytes.ToString();
        Assert.Contains("samples and documentation", whole, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_that_is_not_UTF_8_is_named()
    {
        var files = new Dictionary<string, ByteString> { ["meta/cover"] = ByteString.Of([0xFF]) };
        var failure = Assert.Throws<IntreeFailure>(() => SenderTexts.Read(files));
        Assert.Contains("meta/cover", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>The list of suites grows with the patches, and no patch names a suite whose file it lacks.</summary>
    [Fact]
    public void Each_patch_of_tests_names_only_suites_that_it_has()
    {
        var have = new HashSet<string>();
        foreach (var patch in SeriesPlanner.Plan(LiteralKernel.Named().Build(), Driver, Parts.All).Patches)
        {
            have.UnionWith(patch.Changes.Select(change => change.Path.ToString()));
            foreach (var change in patch.Changes.Where(change => change.Path == "drivers/ksocket/tests/suites.c"))
            {
                var suites = System.Text.RegularExpressions.Regex.Matches(change.After!.Bytes.ToString(), @"&ksocket_(\w+)_suite");
                Assert.NotEmpty(suites);
                Assert.All(suites, suite => Assert.Contains($"drivers/ksocket/tests/{suite.Groups[1].Value}_kunit.c", have));
            }
        }
    }

    private static PatchSeries Make(Envelope envelope, IReadOnlyList<Part> parts, SenderTexts texts)
    {
        var driver = Driver.MaintainedBy([.. envelope.Maintainers.Select(person => person.ToString())]);
        var planned = SeriesPlanner.Plan(LiteralKernel.Named().Build(), driver, parts);
        return PatchSeries.Of(planned, Provenance.Of(planned, parts, TreeKind.Unknown, ""), envelope, new CreatedFiles(), texts);
    }
}

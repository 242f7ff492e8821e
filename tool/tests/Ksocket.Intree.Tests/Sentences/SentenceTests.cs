// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests.Sentences;

/// <summary>Each promise of the kernel-doc has a KUnit case.</summary>
public sealed class SentenceTests
{
    private const string Doc =
        "/**\n * kpat - pat a cat\n * @cat: cat, or NULL\n *\n * May sleep.\n *\n"
        + " * Return: 0; -EPURR for a NULL @cat.\n */\n";
    private const string Suite =
        "static void ksocket_pat(struct kunit *test)\n{\n\texpect(kpat(NULL), -EPURR);\n}\n\n"
        + "static void patting_nobody_is_epurr(struct kunit *test)\n{\n\tksocket_pat(test);\n}\n\n"
        + "static struct kunit_case cases[] = {\n\tKUNIT_CASE(patting_nobody_is_epurr),\n\t{ }\n};\n";
    private const string List =
        "kpat\n    @cat: cat, or NULL\n        patting_nobody_is_epurr\n    -EPURR for a NULL @cat\n"
        + "        patting_nobody_is_epurr\n";

    [Fact]
    public void Every_sentence_of_the_driver_has_a_case()
    {
        var sentences = Sources("*.c").Where(
            path => !path.Contains("/tests/", StringComparison.Ordinal)).Concat(Sources("*.h")).SelectMany(
                path => KernelDoc.Read(File.ReadAllText(path))).ToList();
        var list = new SentenceList(File.ReadAllText(Repository.PathOf("drivers-ksocket/evidence/sentences")));
        var cases = new KUnitCases(
            Sources("*.c").Where(path => path.Contains("/tests/", StringComparison.Ordinal)).Select(File.ReadAllText));

        var complaints = list.Complaints(sentences, cases).ToList();
        Assert.True(complaints.Count == 0, string.Join('\n', complaints));
        // A new exception must be added here, too.
        Assert.Equal(15, list.Excused.Count());
        // Fails if the parser finds too few sentences.
        Assert.True(sentences.Count > 150, $"only {sentences.Count} sentences were found");
    }

    [Fact]
    public void A_sentence_shown_by_a_case_is_no_complaint() => Assert.Empty(Complaints(Doc, Suite, List));

    [Fact]
    public void A_new_sentence_is_a_complaint() =>
        Assert.Equal(
            ["no case: kpat: -EHISS for a wet @cat"],
            Complaints(Doc.Replace("NULL @cat.", "NULL @cat; -EHISS for\n * a wet @cat.", StringComparison.Ordinal), Suite, List));

    [Fact]
    public void A_sentence_that_went_is_a_complaint() =>
        Assert.Contains(
            "not in the kernel-doc: kpat: -EPURR for a NULL @cat",
            Complaints(Doc.Replace("; -EPURR for a NULL @cat", "", StringComparison.Ordinal), Suite, List));

    [Theory]
    [InlineData("\tKUNIT_CASE(patting_nobody_is_epurr),\n", "", "no such case: patting_nobody_is_epurr")]
    [InlineData("-EPURR", "0", "no case expects -EPURR")]
    [InlineData("expect(kpat(NULL), -EPURR);", "/* kpat(NULL) is -EPURR */", "patting_nobody_is_epurr never uses kpat")]
    public void A_case_that_is_not_there_or_shows_something_else_is_a_complaint(string taken, string given, string said) =>
        Assert.Contains(
            Complaints(Doc, Suite.Replace(taken, given, StringComparison.Ordinal), List),
            complaint => complaint.StartsWith(said, StringComparison.Ordinal));

    private static IEnumerable<string> Complaints(string doc, string suite, string list) =>
        new SentenceList(list).Complaints([.. KernelDoc.Read(doc)], new KUnitCases([suite]));

    private static IEnumerable<string> Sources(string pattern) =>
        Directory.EnumerateFiles(
            Repository.PathOf("drivers-ksocket"),
            pattern,
            SearchOption.AllDirectories).Where(path => !path.Contains("/samples/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Documents;
using Ksocket.Intree.Options;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>The help and the manual pages of all verbs.</summary>
public sealed class HelpTests
{
    [Fact]
    public void Help_is_what_the_golden_file_says() => GoldenFile.Holds("help.txt", string.Concat(Verbs().Prepend("").Select(HelpOf)));

    [Fact]
    public void Manual_pages_are_what_the_golden_file_says() =>
        GoldenFile.Holds("man.txt", string.Concat(Verbs().Prepend("").Select(verb => Man(verb) + "\n")));

    /// <summary>Each page is formatted without a warning and says each option.</summary>
    [Fact]
    public void Manual_pages_are_good_roff()
    {
        Skip.Without("groff");
        using var temp = new TempFolder();
        foreach (var verb in Verbs().Prepend(""))
        {
            var page = temp.PathOf("page.1");
            File.WriteAllText(page, Man(verb));
            Assert.Equal("", Run.Program("groff", temp.Root, "-man", "-z", "-ww", "-Tutf8", page));
            var text = Run.Program("groff", temp.Root, "-man", "-P-c", "-P-bou", "-Tutf8", page);
            Assert.All(
                RootVerb.Create().Subcommands.Where(known => known.Name == verb).SelectMany(known => known.Options),
                option => Assert.Contains(option.Name, text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_verb_has_examples_that_parse()
    {
        foreach (var verb in RootVerb.Create().Subcommands)
        {
            var examples = Example.Of(verb.Name);
            Assert.NotEmpty(examples);
            foreach (var example in examples)
            {
                string[] words = [.. example.Command.Split(' ').TakeWhile(word => word is not (">" or "|"))];
                Assert.Equal(verb.Name, words[0]);
                Assert.Null(ArgumentCheck.FirstFault(RootVerb.Parse(words), words));
            }
        }
    }

    [Fact]
    public void Help_verb_is_verb_help()
    {
        foreach (var verb in Verbs().Where(name => name != "help"))
        {
            var run = Cli.Run("help", verb);
            Assert.Equal((ExitCode.Done, Cli.Run(verb, "--help").Answer), (run.Exit, run.Answer));
            Assert.Empty(run.Messages);
        }

        Assert.Equal(Cli.Run("--help").Answer, Cli.Run("help").Answer);
    }

    [Fact]
    public void Exit_codes_variables_and_files_are_in_the_help_of_the_root()
    {
        var help = Cli.Run("--help").Answer;
        Assert.All(Enum.GetValues<ExitCode>(), code => Assert.Matches($@"(?m)^  {(int)code} +\S", help));
        Assert.All(
            ["KSOCKET_INTREE_CACHE", "KSOCKET_INTREE_TRACE", "NO_COLOR", "SOURCE_DATE_EPOCH", ".ksocket-intree"],
            word => Assert.Contains(word, help, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Verbs() => RootVerb.Create().Subcommands.Select(verb => verb.Name);

    private static string Man(string verb) => Cli.Run(verb.Length == 0 ? ["help", "--man"] : ["help", "--man", verb]).Answer;

    private static string HelpOf(string verb)
    {
        string[] words = verb.Length == 0 ? ["--help"] : [verb, "--help"];
        return $"$ ksocket-intree {string.Join(' ', words)}\n{Cli.Run(words).Answer.TrimEnd()}\n\n";
    }
}

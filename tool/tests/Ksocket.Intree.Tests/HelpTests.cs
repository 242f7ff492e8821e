// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>Compares the help of all verbs with Golden/help.txt.</summary>
public sealed class HelpTests
{
    private const string Update = "KSOCKET_INTREE_UPDATE_GOLDEN";

    private static readonly string Golden = Repository.PathOf("tool/tests/Ksocket.Intree.Tests/Golden/help.txt");

    [Fact]
    public void Help_is_what_the_golden_file_says()
    {
        var help = string.Concat(Verbs().Prepend("").Select(HelpOf));
        if (Environment.GetEnvironmentVariable(Update) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Golden)!);
            File.WriteAllText(Golden, help);
        }

        Assert.True(File.ReadAllText(Golden) == help, $"--help changed; look at it, then run the test with {Update}=1 and commit {Golden}");
    }

    [Fact]
    public void Help_verb_is_verb_help()
    {
        foreach (var verb in Verbs())
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

    private static IEnumerable<string> Verbs() => RootVerb.Create().Subcommands.Select(verb => verb.Name).Where(name => name != "help");

    private static string HelpOf(string verb)
    {
        string[] words = verb.Length == 0 ? ["--help"] : [verb, "--help"];
        return $"$ ksocket-intree {string.Join(' ', words)}\n{Cli.Run(words).Answer.TrimEnd()}\n\n";
    }
}

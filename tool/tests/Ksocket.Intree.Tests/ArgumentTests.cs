// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>Wrong arguments: exit 129, one error, one hint, and no output on stdout.</summary>
public sealed class ArgumentTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public ArgumentTests() => LiteralKernel.Named().WriteTo(_temp.Root);

    public void Dispose() => _temp.Dispose();

    /// <summary>Every option and argument with a value, of every verb, read from the command line definition.</summary>
    public static TheoryData<string, string> Values()
    {
        var data = new TheoryData<string, string>();
        var root = RootVerb.Create();
        foreach (var verb in root.Subcommands.Where(verb => verb.Name != "help"))
        {
            var valued = verb.Options.Concat(root.Options).Where(option => option.ValueType != typeof(bool) && option.HelpName is not null);
            foreach (var option in valued)
            {
                data.Add(verb.Name, option.Name);
            }

            data.Add(verb.Name, verb.Arguments.Single().Name);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void An_empty_value(string verb, string name)
    {
        string[] given = name[0] == '-' ? [name, ""] : [""];
        Refused($"{name}: the value is empty", [verb, .. given]);
        Refused($"{name}: the value is empty", [verb, .. given[..^1], " "]);
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void A_control_character(string verb, string name)
    {
        string[] given = name[0] == '-' ? [name] : [];
        Refused($"{name}: the value contains a control character", [verb, .. given, "a\nb"]);
        Refused($"{name}: the value contains a control character", [verb, .. given, "a\0b"]);
    }

    [Theory]
    [InlineData("series", "--chekc")]
    [InlineData("verify", "--wriet")]
    [InlineData("apply", "--chekc")]
    [InlineData("remove", "--chekc")]
    [InlineData("refresh", "--chekc")]
    [InlineData("prove", "--htlm")]
    [InlineData("probe", "--jsno")]
    [InlineData("plan", "--pacth")]
    [InlineData("status", "--pacth")]
    [InlineData("commit", "--brnach")]
    public void An_unknown_option(string verb, string option)
    {
        Refused($"{verb} has no option '{option}'", verb, option);
        Refused($"{verb} has no option '{option}'", verb, option, _temp.Root);
        Refused($"{verb} has no option '{option}'", verb, _temp.Root, option);
    }

    [Theory]
    [InlineData("did you mean --check?", "apply", "--chekc")]
    [InlineData("did you mean --check?", "apply", "--dry-run")]
    [InlineData("did you mean --write?", "verify", "--wriet")]
    [InlineData("did you mean --write?", "verify", "--wriet=yes")]
    [InlineData("did you mean --color?", "--colour", "status")]
    [InlineData("did you mean status?", "statsu")]
    [InlineData("did you mean status?", "statsu", "--help")]
    [InlineData("did you mean apply?", "help", "aplly")]
    public void The_nearest_word_is_suggested(string hint, params string[] words) => Refused(hint, words);

    [Fact]
    public void A_word_that_is_near_to_nothing_gets_no_suggestion()
    {
        Assert.DoesNotContain("did you mean", Refused("unknown verb 'quux'", "quux").Messages, StringComparison.Ordinal);
        Refused("no verb given");
        Refused("unexpected argument 'two'", "status", _temp.Root, "two");
    }

    [Fact]
    public void After_two_dashes_a_word_is_an_argument() => Cli.Run("status", "--", "--check").RefusesWith(
        ExitCode.NotUnderstood,
        "no folder --check");

    [Theory]
    [InlineData("probe")]
    [InlineData("status")]
    [InlineData("plan")]
    [InlineData("apply")]
    [InlineData("series")]
    [InlineData("commit")]
    [InlineData("prove")]
    public void No_revision_after_the_at_sign(string verb)
    {
        Refused("no revision after '@'", verb, _temp.Root + "@");
        Refused("no revision after '@'", verb, _temp.Root + "@ ");
    }

    [Theory]
    [InlineData("series", "-v", "99999999999")]
    [InlineData("series", "-v", "0")]
    [InlineData("series", "-v", "-1")]
    [InlineData("series", "-v", "two")]
    [InlineData("prove", "--timeout", "99999999999")]
    [InlineData("prove", "--timeout", "2147483647")]
    [InlineData("prove", "--timeout", "-5")]
    [InlineData("series", "--kind", "7")]
    [InlineData("status", "--color", "1")]
    public void A_value_out_of_range(params string[] words) => Refused($"'{words[^1]}' is not", words);

    /// <summary>The parser would otherwise read a response file.</summary>
    [Fact]
    public void An_at_sign_in_front_is_a_part_of_the_name()
    {
        File.WriteAllText(_temp.PathOf("words"), "--version\n");
        Cli.Run("probe", "@" + _temp.PathOf("words")).RefusesWith(ExitCode.NotUnderstood, "no folder @");
    }

    [Fact]
    public void Names_that_no_folder_can_have()
    {
        var longer = string.Concat(Enumerable.Repeat("a", 5000));
        File.CreateSymbolicLink(_temp.PathOf("loop"), _temp.PathOf("loop"));
        foreach (var name in new[] { longer, _temp.PathOf("loop"), _temp.PathOf("loop/x") })
        {
            string[][] uses =
            [
                ["probe", name], ["commit", name], ["verify", name], ["-C", name, "status"], ["series", "-o", name, _temp.Root],
                ["series", "--cover-letter", "--proof", name, _temp.Root], ["prove", "--work", name, _temp.Root],
                ["prove", "--html", name, _temp.Root], ["prove", "--image", name, "--headers", name],
            ];
            foreach (var words in uses)
            {
                var run = Cli.Run(words);
                run.RefusesWith(run.Exit);
                Assert.True(
                    run.Exit is ExitCode.NotUnderstood or ExitCode.InTheWay or ExitCode.Fatal,
                    $"{words[0]} {words[1]}: {run.Messages}");
                Assert.DoesNotContain("this is a bug", run.Messages, StringComparison.Ordinal);
            }
        }
    }

    private static Cli Refused(string what, params string[] words)
    {
        var run = Cli.Run(words);
        run.RefusesWith(ExitCode.Usage, what);
        Assert.Empty(run.Answer);
        return run;
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Text.Json;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>SIGINT and SIGTERM at given system calls: exit 130 with an unchanged tree, or a complete run.</summary>
public sealed class InterruptTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly string _tree;
    private readonly string _output;

    public InterruptTests()
    {
        Skip.Without("strace");
        (_tree, _output) = (_temp.PathOf("tree"), _temp.PathOf("answer"));
        LiteralKernel.Named().WriteTo(_tree);
    }

    public void Dispose() => _temp.Dispose();

    /// <summary>
    /// strace makes the calls slow, a third of a second each, and forty of them are to come: the signal, sent when the first has
    /// shown in the tree, is handled before the last.
    /// </summary>
    [Theory]
    [InlineData("INT", "fsync", "[ -d drivers/ksocket ]")]
    [InlineData("INT", "renameat", "[ -e .ksocket-intree ]")]
    [InlineData("INT", "renameat", "[ -e drivers/ksocket/Makefile ]")]
    [InlineData("TERM", "renameat", "[ -e drivers/ksocket/Makefile ]")]
    public void An_apply_that_is_interrupted_leaves_the_tree_as_it_was(string signal, string slow, string begun)
    {
        var before = FolderDigest.Of(_tree);
        var exit = Interrupted(signal, slow, begun, "--json apply");
        Assert.Equal(130, exit);
        Assert.Equal(before, FolderDigest.Of(_tree));
        var answer = JsonDocument.Parse(File.ReadAllText(_output)).RootElement;
        Assert.Equal(130, answer.GetProperty("exit").GetInt32());
        Assert.StartsWith("interrupted", answer.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.String, answer.GetProperty("error").GetProperty("hint").ValueKind);
        Assert.StartsWith(
            "error: interrupted; the tree is unchanged\nhint: ",
            File.ReadAllText(_temp.PathOf("talk")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_remove_that_is_interrupted_leaves_the_tree_as_it_was()
    {
        Cli.Run("apply", _tree);
        var before = FolderDigest.Of(_tree);
        Assert.Equal(130, Interrupted("INT", "renameat", "[ ! -e drivers/ksocket/Kconfig ]", "remove"));
        Assert.Equal(before, FolderDigest.Of(_tree));
    }

    /// <summary>The program waits for a FIFO that is open and empty: it is reading, and nothing has to be undone.</summary>
    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void A_verb_that_reads_answers_with_json_too(string signal)
    {
        Run.Program("mkfifo", _temp.Root, "words");
        var run = RealProgram.Shell(
            "cd \"$1\"; env --default-signal=INT \"$k\" --json series --cover-letter --proof words -o out tree >answer 2>/dev/null & "
            + $"exec 8>words; kill -{signal} $!; wait $!",
            _temp.Root);
        Assert.Equal(130, run.ExitCode);
        Assert.Equal(130, JsonDocument.Parse(File.ReadAllText(_output)).RootElement.GetProperty("exit").GetInt32());
        Assert.False(Directory.Exists(_temp.PathOf("out")));
    }

    private int Interrupted(string signal, string slow, string begun, string words) => RealProgram.Shell(
        $"cd \"$1/tree\"; env --default-signal=INT strace -D -f -qq -o /dev/null -e inject={slow}:delay_enter=300000 \"$k\" {words} "
        + $">../answer 2>../talk & until {begun}; do kill -0 $! || exit 1; sleep 0.05; done; kill -{signal} $!; wait $!",
        _temp.Root).ExitCode;
}

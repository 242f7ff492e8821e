// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Tests;

/// <summary>The completion scripts: in Golden/, and in the shells, where Tab is pressed on a terminal.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    public static TheoryData<string, string> Shells => new()
    {
        { "bash", "bash --norc --noprofile -i" },
        { "zsh", "zsh -f -i" },
        { "fish", "fish --private --no-config" },
    };

    /// <summary>What is typed, and what the line is after Tab.</summary>
    private static readonly (string Typed, string Completed)[] Lines =
    [
        ("ksocket-intree ref", "ksocket-intree refresh"),
        ("ksocket-intree apply --con", "ksocket-intree apply --config"),
        ("ksocket-intree -C lin", "ksocket-intree -C linux/"),
        ("ksocket-intree -C linux stat", "ksocket-intree -C linux status"),
        ("ksocket-intree status lin", "ksocket-intree status linux/"),
        ("ksocket-intree probe repo@v6.1", "ksocket-intree probe repo@v6.12"),
        ("ksocket-intree probe repo@my-", "ksocket-intree probe repo@my-branch"),
        ("ksocket-intree plan --parts driver,sam", "ksocket-intree plan --parts driver,samples"),
        ("ksocket-intree series --kind van", "ksocket-intree series --kind vanilla"),
        ("ksocket-intree series -o lin", "ksocket-intree series -o linux/"),
        ("ksocket-intree prove --html repor", "ksocket-intree prove --html report.html"),
        ("ksocket-intree help ref", "ksocket-intree help refresh"),
        ("ksocket-intree completion fi", "ksocket-intree completion fish"),
    ];

    [Theory]
    [MemberData(nameof(Shells))]
    public void The_script_is_what_the_golden_file_says(string shell, string command)
    {
        _ = command;
        GoldenFile.Holds($"completion.{shell}", Cli.Run("completion", shell).Answer);
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public void Tab_completes_verbs_options_folders_revisions_and_parts(string shell, string command)
    {
        Skip.Without(shell);
        Skip.Without("tmux");
        Directory.CreateDirectory(_temp.PathOf("linux"));
        File.WriteAllText(_temp.PathOf("report.html"), "");
        Run.Git(_temp.Root, "init", "-q", "repo");
        Run.Git(_temp.PathOf("repo"), "commit", "-q", "--allow-empty", "-m", "a commit");
        Run.Git(_temp.PathOf("repo"), "tag", "v6.12");
        Run.Git(_temp.PathOf("repo"), "branch", "my-branch");
        File.WriteAllText(_temp.PathOf("script"), Cli.Run("completion", shell).Answer);

        using var terminal = new TerminalSession(_temp.Root, $"env PS1='> ' HOME={_temp.Root} {command}");
        var before = shell switch
        {
            "zsh" => "autoload -Uz compinit && compinit -D -u; ",
            "fish" => "set -g fish_autosuggestion_enabled 0; ",
            _ => "",
        };
        terminal.Type($"{before}source ./script; echo loa''ded");
        terminal.Press("Enter");
        terminal.Shows("loaded");
        foreach (var (typed, completed) in Lines)
        {
            terminal.Type(typed);
            terminal.Press("Tab");
            terminal.Shows(completed);
            terminal.Press("C-u");
        }
    }
}

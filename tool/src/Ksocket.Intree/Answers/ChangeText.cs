// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Output;

namespace Ksocket.Intree.Answers;

/// <summary>Prints changes as text.</summary>
internal static class ChangeText
{
    public static string ActionOf(FileChange change) => change switch
    {
        { Before: null } => "add",
        { After: null } => "delete",
        _ => "change",
    };

    public static IReadOnlyList<ChangeAnswer> Answers(ImmutableArray<FileChange> changes) =>
        [.. changes.OrderBy(change => change.Path).Select(change => new ChangeAnswer(change.Path.ToString(), ActionOf(change)))];

    public static void Write(Terminal terminal, ImmutableArray<FileChange> changes)
    {
        foreach (var change in changes.OrderBy(change => change.Path))
        {
            var action = ActionOf(change);
            var word = action switch
            {
                "add" => terminal.Good("add   "),
                "delete" => terminal.Bad("delete"),
                _ => terminal.Odd("change"),
            };
            terminal.Answer($"  {word}  {change.Path}");
        }
    }

    /// <summary>"17 files added, 2 changed".</summary>
    public static string Count(ImmutableArray<FileChange> changes) => string.Join(
        ", ",
        changes.GroupBy(ActionOf).OrderBy(group => group.Key).Select(Count));

    private static string Count(IGrouping<string, FileChange> group, int index)
    {
        var count = group.Count();
        var noun = index > 0 ? "" : count == 1 ? " file" : " files";
        var done = group.Key switch
        {
            "add" => "added",
            "delete" => "deleted",
            _ => "changed",
        };
        return $"{count}{noun} {done}";
    }
}

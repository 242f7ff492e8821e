// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Files;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Proof.Tests;

/// <summary>A text that occurs once in a file of the tree, and its replacement.</summary>
public sealed record Edit(string Path, string Find, string Replace);

/// <summary>A fault in a tree that passes without it, and the expected result.</summary>
/// <param name="Name">A sentence: the fault and its effect.</param>
/// <param name="Step">The step that must fail.</param>
/// <param name="Note">Must be in the note of that step; {line} is the line of the first edit.</param>
/// <param name="Cause">Must be in its diagnosis.</param>
public sealed record SeededFault(string Name, Form Form, StepKind Step, string Note, string Cause, params Edit[] Edits)
{
    /// <summary>These boots take seconds, so a short timeout is enough.</summary>
    public static BootLimits Patience { get; } = new(TimeSpan.FromMinutes(3), TimeSpan.FromSeconds(30));

    public BootLimits Limits { get; init; } = Patience;

    public override string ToString() => Name;

    /// <summary>Applies the fault to a tree, and returns the action that reverts it.</summary>
    public IDisposable In(FolderTree tree, out string note)
    {
        var before = Edits.Select(edit => edit.Path)
            .Distinct()
            .ToDictionary(path => path, path => File.ReadAllText(Path.Combine(tree.Root, path)));
        var first = before[Edits[0].Path];
        var line = first[..first.IndexOf(Edits[0].Find, StringComparison.Ordinal)].Count(letter => letter == '\n') + 1;
        note = Note.Replace("{line}", $"{line}", StringComparison.Ordinal);
        foreach (var edit in Edits)
        {
            var path = Path.Combine(tree.Root, edit.Path);
            var text = File.ReadAllText(path);
            Assert.True(
                text.Split(edit.Find).Length == 2,
                $"{Name}: '{edit.Find}' stands {text.Split(edit.Find).Length - 1} times in {edit.Path}");
            Write(path, text.Replace(edit.Find, edit.Replace, StringComparison.Ordinal));
        }

        return new Undo(() =>
        {
            foreach (var (path, text) in before)
            {
                Write(Path.Combine(tree.Root, path), text);
            }
        });
    }

    /// <summary>Writes a new file and renames it, because the old one is hard-linked to the pristine tree.</summary>
    private static void Write(string path, string text)
    {
        File.WriteAllText(path + ".new", text);
        File.Move(path + ".new", path, overwrite: true);
    }

    private sealed class Undo(Action action) : IDisposable
    {
        public void Dispose() => action();
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Files;
using Ksocket.Intree.Proof.Terms;

namespace Ksocket.Intree.Proof.Tests;

/// <summary>A text that stands once in a file of the tree, and what is put in its place.</summary>
public sealed record Edit(string Path, string Find, string Replace);

/// <summary>One fault in a tree that is proven without it, and what prove must make of it.</summary>
/// <param name="Name">A sentence: what is wrong, and what is to come of it.</param>
/// <param name="Step">The step that must be red.</param>
/// <param name="Note">Must stand in what that step says; {line} is the line of the first edit.</param>
/// <param name="Cause">Must stand in its diagnosis.</param>
public sealed record SeededFault(string Name, Form Form, StepKind Step, string Note, string Cause, params Edit[] Edits)
{
    /// <summary>Each of these boots is one of seconds, so a silence of so long is one for ever.</summary>
    public static BootLimits Patience { get; } = new(TimeSpan.FromMinutes(3), TimeSpan.FromSeconds(30));

    public BootLimits Limits { get; init; } = Patience;

    public override string ToString() => Name;

    /// <summary>Puts the fault into a tree, and gives back the way to take it out.</summary>
    public IDisposable In(FolderTree tree, out string note)
    {
        var before = Edits.Select(edit => edit.Path).Distinct().ToDictionary(path => path, path => File.ReadAllText(Path.Combine(tree.Root, path)));
        var first = before[Edits[0].Path];
        note = Note.Replace("{line}", $"{first[..first.IndexOf(Edits[0].Find, StringComparison.Ordinal)].Count(letter => letter == '\n') + 1}", StringComparison.Ordinal);
        foreach (var edit in Edits)
        {
            var path = Path.Combine(tree.Root, edit.Path);
            var text = File.ReadAllText(path);
            Assert.True(text.Split(edit.Find).Length == 2, $"{Name}: '{edit.Find}' stands {text.Split(edit.Find).Length - 1} times in {edit.Path}");
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

    /// <summary>Under a new name first: in a copy by links the old one is the pristine tree's file, too.</summary>
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

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

    /// <summary>The files with the fault, by path.</summary>
    /// <param name="read">The text of a file without the fault.</param>
    public Dictionary<string, string> Files(Func<string, string> read)
    {
        var files = Edits.Select(edit => edit.Path).Distinct().ToDictionary(path => path, read);
        foreach (var edit in Edits)
        {
            var parts = files[edit.Path].Split(edit.Find);
            Assert.True(parts.Length == 2, $"{Name}: '{edit.Find}' occurs {parts.Length - 1} times in {edit.Path}");
            files[edit.Path] = string.Join(edit.Replace, parts);
        }

        return files;
    }

    /// <summary>Applies the fault to a tree, and returns the action that reverts it.</summary>
    public IDisposable In(FolderTree tree, out string note)
    {
        string Read(string path) => File.ReadAllText(Path.Combine(tree.Root, path));
        var faulty = Files(Read);
        var before = faulty.Keys.ToDictionary(path => path, Read);
        var first = before[Edits[0].Path];
        var line = first[..first.IndexOf(Edits[0].Find, StringComparison.Ordinal)].Count(letter => letter == '\n') + 1;
        note = Note.Replace("{line}", $"{line}", StringComparison.Ordinal);
        Write(tree, faulty);
        return new Undo(() => Write(tree, before));
    }

    private static void Write(FolderTree tree, Dictionary<string, string> files)
    {
        foreach (var (path, text) in files)
        {
            Write(Path.Combine(tree.Root, path), text);
        }
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

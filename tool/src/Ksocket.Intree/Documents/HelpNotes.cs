// SPDX-License-Identifier: GPL-2.0-only
using System.Text;

namespace Ksocket.Intree.Documents;

/// <summary>A section of the main help and of the overview page: terms and what they mean.</summary>
/// <param name="Heading">In the main help.</param>
/// <param name="ManHeading">In the manual page, as man-pages(7) names it.</param>
/// <param name="After">A paragraph after the terms; null if there is none.</param>
internal sealed record HelpNote(
    string Heading, string ManHeading, IReadOnlyList<(string Term, string Text)> Terms, string? After = null);

/// <summary>Further sections of the help.</summary>
internal static class HelpNotes
{
    /// <summary>The width of the help if stdout is not a terminal.</summary>
    public const int Width = 100;

    /// <summary>The meaning of a longer term begins on the next line.</summary>
    private const int WidestTerm = 24;

    public static IReadOnlyList<HelpNote> All { get; } =
    [
        new(
            "Exit codes",
            "EXIT STATUS",
            [
                ("0", "done, or the answer is yes"),
                ("1", "the answer is no: not present, stale, or --check would change something"),
                ("2", "the tree, or something in it, is not supported"),
                ("3", "conflict: foreign files, changed files, a partial state, or something depends on ksocket"),
                ("4", "the proof failed: it does not build, boot or pass; or a check of send refuses, and nothing was sent"),
                ("128", "environment failure: disk full, read-only, missing program, stdout closed or full; or a bug"),
                ("129", "wrong arguments"),
                ("130", "interrupted by Ctrl-C or SIGTERM; the tree is unchanged"),
            ],
            "A closed pipe on stdout, such as of head, is not an error. Write errors on stderr are ignored."),
        new(
            "Environment",
            "ENVIRONMENT",
            [
                ("KSOCKET_INTREE_CACHE",
                    "folder for builds and downloads; $XDG_CACHE_HOME/ksocket-intree or ~/.cache/ksocket-intree by default"),
                ("KSOCKET_INTREE_TRACE", "if set, a bug prints its stack trace"),
                ("ARCH, CROSS_COMPILE, LLVM, KBUILD_OUTPUT", "as for make; the next steps of apply name those that .config needs"),
                ("NO_COLOR", "if set, no colors unless --color always is given"),
                ("SOURCE_DATE_EPOCH", "date of patches and commits, in seconds since 1970"),
            ]),
        new(
            "Files",
            "FILES",
            [
                ("TREE/.ksocket-intree",
                    "state file of apply: which files it wrote and what .config held before; the kernel's .gitignore hides it, "
                    + "and remove deletes it"),
                ("TREE/.config", "changed by apply --config only; with -O, that of the output folder"),
                ("~/.cache/ksocket-intree", "builds and downloads; can be deleted when no command runs"),
            ]),
    ];

    /// <summary>The sections as text, at most that wide.</summary>
    public static string TextOf(int width)
    {
        var text = new StringBuilder();
        foreach (var note in All)
        {
            text.Append(note.Heading).Append(":\n");
            var column = note.Terms.Select(term => term.Term.Length).Where(length => length <= WidestTerm).Max() + 2;
            foreach (var (term, meaning) in note.Terms)
            {
                text.Append("  ").Append(term.PadRight(column));
                if (term.Length > WidestTerm)
                {
                    text.Append('\n').Append(' ', column + 2);
                }

                text.AppendJoin("\n" + new string(' ', column + 2), Wrap(meaning, width - column - 2)).Append('\n');
            }

            if (note.After is not null)
            {
                text.Append("\n  ").AppendJoin("\n  ", Wrap(note.After, width - 2)).Append('\n');
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The examples of a verb as a section; empty if there are none.</summary>
    public static string ExamplesOf(string verb, int width)
    {
        var text = new StringBuilder();
        foreach (var example in Example.Of(verb))
        {
            text.Append(text.Length == 0 ? "Examples:\n" : "").Append("  ksocket-intree ").Append(example.Command).Append('\n');
            text.Append("      ").AppendJoin("\n      ", Wrap(example.Purpose, width - 6)).Append('\n');
        }

        return text.ToString();
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        var line = new StringBuilder();
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        yield return line.ToString();
    }
}

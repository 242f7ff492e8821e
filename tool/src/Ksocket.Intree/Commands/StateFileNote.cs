// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Files;
using Ksocket.Intree.Git;

namespace Ksocket.Intree.Commands;

/// <summary>
/// A note where git would add the state file to a commit: the kernel's .gitignore hides names that begin with a dot, and
/// vendors ship trees without it.
/// </summary>
internal static class StateFileNote
{
    /// <summary>Without the word "note".</summary>
    public static IEnumerable<string> For(FolderTree tree)
    {
        if (tree.KindOf(StateFile.Path) == EntryKind.File && IgnoredPaths.ExcludeFileFor(StateFile.Path, tree.Root) is { } exclude)
        {
            yield return $"no .gitignore hides {StateFile.Path}, the state file of ksocket-intree, so git add -A would take it; "
                + $"to hide it: echo {StateFile.Path} >> {ShellWord.Quote(exclude)}";
        }
    }
}

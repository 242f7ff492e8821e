// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree;

/// <summary>What the help of the root says beside verbs and options.</summary>
internal static class HelpNotes
{
    /// <summary>As wide as the rest of the help where stdout is not a terminal.</summary>
    public const int Width = 100;

    public const string Text = """
        Exit codes:
          0    done, or the answer is yes
          1    the answer is no: not present, stale, or --check would change something
          2    a tree, or something in it, that is not understood
          3    conflict: foreign files, changed files, a partial state, or something depends on ksocket
          4    the proof failed: it does not build, boot or pass
          128  environment failure: disk full, read-only, missing program, stdout closed or full; or a bug
          129  wrong arguments
          130  interrupted by Ctrl-C or SIGTERM; the tree is as it was

          A reader of stdout that goes away, as head does, is no error. Messages that stderr does not take
          are dropped.

        Environment:
          KSOCKET_INTREE_CACHE  folder for builds and downloads; $XDG_CACHE_HOME/ksocket-intree or
                                ~/.cache/ksocket-intree by default
          KSOCKET_INTREE_TRACE  if set, a bug ends with its stack trace
          NO_COLOR              if set, no colors unless --color always is given
          SOURCE_DATE_EPOCH     date of patches and commits, in seconds since 1970

        Files:
          TREE/.ksocket-intree  state file of apply: which files it wrote and what .config held before;
                                the kernel's .gitignore hides it, and remove deletes it
          TREE/.config          changed by apply --config only

        """;
}

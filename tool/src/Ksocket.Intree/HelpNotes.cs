// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree;

/// <summary>Further sections of the main help.</summary>
internal static class HelpNotes
{
    /// <summary>The width of the help if stdout is not a terminal.</summary>
    public const int Width = 100;

    public const string Text = """
        Exit codes:
          0    done, or the answer is yes
          1    the answer is no: not present, stale, or --check would change something
          2    the tree, or something in it, is not supported
          3    conflict: foreign files, changed files, a partial state, or something depends on ksocket
          4    the proof failed: it does not build, boot or pass; or a check of send refuses, and nothing was sent
          128  environment failure: disk full, read-only, missing program, stdout closed or full; or a bug
          129  wrong arguments
          130  interrupted by Ctrl-C or SIGTERM; the tree is unchanged

          A closed pipe on stdout, such as of head, is not an error. Write errors on stderr are ignored.

        Environment:
          KSOCKET_INTREE_CACHE  folder for builds and downloads; $XDG_CACHE_HOME/ksocket-intree or
                                ~/.cache/ksocket-intree by default
          KSOCKET_INTREE_TRACE  if set, a bug prints its stack trace
          ARCH, CROSS_COMPILE, LLVM, KBUILD_OUTPUT
                                as for make; the next steps of apply name those that .config needs
          NO_COLOR              if set, no colors unless --color always is given
          SOURCE_DATE_EPOCH     date of patches and commits, in seconds since 1970

        Files:
          TREE/.ksocket-intree  state file of apply: which files it wrote and what .config held before;
                                the kernel's .gitignore hides it, and remove deletes it
          TREE/.config          changed by apply --config only; with -O, that of the output folder

        """;
}

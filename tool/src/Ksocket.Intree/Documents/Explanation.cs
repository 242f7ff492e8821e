// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Output;

namespace Ksocket.Intree.Documents;

/// <summary>What "explain" prints of an error code.</summary>
/// <param name="Causes">The usual causes.</param>
/// <param name="Remedies">What to do.</param>
internal sealed record Explanation(ExitCode Exit, string Meaning, IReadOnlyList<string> Causes, IReadOnlyList<string> Remedies)
{
    public static Explanation Of(ErrorCode code) => code switch
    {
        ErrorCode.NotSupported => new(
            ExitCode.NotUnderstood,
            "The tree, or something in it, is not supported. Nothing was changed.",
            [
                "the folder is not the top of a Linux tree, or a name after '@' is no revision",
                "a header declares something in a form that ksocket does not know; the error names file and line",
                "a state file, a series or a result of prove was edited, or is of a newer release",
            ],
            [
                "check the name of the tree; ksocket supports 5.10 to 7.3",
                "run probe to see which declarations were found",
                "if the kernel is supported, report the error with the version of the kernel",
            ]),
        ErrorCode.Conflict => new(
            ExitCode.InTheWay,
            "The tree is supported, but something in it is in the way. Nothing was changed.",
            [
                "files of another ksocket, or of your own, are where ksocket's files go",
                "files that apply wrote were edited since",
                "an interrupted run left a part of the files",
                "a Kconfig entry of your own depends on ksocket, so remove would break it",
            ],
            [
                "run status, or status --patch, to see what differs",
                "refresh merges your edits into a newer release",
                "remove --foreign removes a ksocket that was added by hand; remove --force ignores entries that depend on it",
            ]),
        ErrorCode.ProofFailed => new(
            ExitCode.NotProven,
            "The kernel with ksocket does not build, does not boot, or a test in it fails.",
            [
                "a compiler error; the diagnosis names the file, and whether it is ksocket's",
                "kconfig dropped a symbol, because something it depends on is missing",
                "the kernel panicked, hung, or printed a warning",
            ],
            [
                "read the log that the answer names",
                "prove an older tree, or the same tree without your changes, to see which of the two fails",
            ]),
        ErrorCode.Environment => new(
            ExitCode.Fatal,
            "The machine lacks something. The tree is unchanged unless the error says so.",
            [
                "no space on the disk, a read-only file system, or no permission",
                "a program is missing, such as git, make, gcc, flex, bison or QEMU",
            ],
            ["do what the hint says", "choose other folders: KSOCKET_INTREE_CACHE, prove --work, series -o"]),
        ErrorCode.Library => new(
            ExitCode.Fatal,
            "A shared library cannot be loaded.",
            ["libgit2-*.so is not beside the program", "the C library of the system is older than the program needs"],
            ["install the package again", "build it on the system where it runs: tool/package in a checkout"]),
        ErrorCode.Output => new(
            ExitCode.Fatal,
            "The answer could not be written to stdout. The error says whether the tree was changed before that.",
            ["stdout is closed, or its disk is full"],
            ["check stdout; status shows the state of the tree"]),
        ErrorCode.Bug => new(
            ExitCode.Fatal,
            "The program has a fault.",
            ["a case that nobody thought of"],
            ["run it again with KSOCKET_INTREE_TRACE=1 and report the output, the version and the command"]),
        ErrorCode.Usage => new(
            ExitCode.Usage,
            "The arguments are wrong. Nothing was done.",
            ["an unknown verb or option, a missing value, or options that exclude each other"],
            ["ksocket-intree help VERB shows the options and examples"]),
        _ => new(
            ExitCode.Interrupted,
            "The run was ended by Ctrl-C or SIGTERM. The tree is unchanged.",
            ["a signal"],
            ["run the command again; prove continues with what was built"]),
    };
}

// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Documents;

/// <summary>A command as one would type it, and what it does.</summary>
internal sealed record Example(string Command, string Purpose)
{
    private static readonly Dictionary<string, Example[]> All = new(StringComparer.Ordinal)
    {
        ["probe"] =
        [
            new("probe /usr/src/linux-6.16", "Which variant of each feature this tree needs, and why"),
            new("probe linux.git@v6.12", "The same of a commit, without a checkout"),
        ],
        ["plan"] =
        [
            new("plan", "What apply would change in the tree of the current folder"),
            new("plan --patch linux.git@v6.12", "The changes as a patch for git apply"),
        ],
        ["apply"] =
        [
            new("apply /usr/src/linux-6.16", "Add the driver"),
            new("apply -n /usr/src/linux-6.16", "Show what would change; exit 1 if something would"),
            new("apply --config --parts all", "Add the samples and the documentation too, and set CONFIG_KSOCKET=y"),
        ],
        ["remove"] =
        [
            new("remove /usr/src/linux-6.16", "Remove all that apply wrote"),
            new("remove --parts samples,docs", "Remove these parts, keep the driver"),
            new("remove --foreign --delete-files", "Remove a ksocket that was added by hand"),
        ],
        ["status"] =
        [
            new("status", "What differs from the driver, in the tree around the current folder"),
            new("status --all /usr/src/linux-6.16", "The unchanged files, too"),
            new("status --patch /usr/src/linux-6.16", "The changed lines too"),
            new("status linux.git@v6.12", "The state of a commit"),
        ],
        ["refresh"] =
        [
            new("refresh /usr/src/linux-6.16", "Update to the ksocket of this release, and merge your edits"),
            new("refresh -n", "Show what would change; exit 1 if something would"),
        ],
        ["commit"] =
        [
            new("commit -s linux.git@v6.12 -b ksocket", "The series as commits on the new branch ksocket"),
            new("commit -s --parts driver", "The driver only, on top of HEAD"),
        ],
        ["series"] =
        [
            new("series linux.git@v6.12 -s --cover-letter -o outgoing", "Write the mails into the folder outgoing"),
            new("series --stdout linux.git@v6.12", "Write them to stdout, for git am"),
            new("series -v 2 -s --cover-letter --trailers-from replies.mbox -o outgoing linux.git@v6.12", "A second revision"),
        ],
        ["send"] =
        [
            new("send --dry-run outgoing", "Check the series in the folder outgoing; connect to no server"),
            new("send --reflect outgoing", "Send the mails to yourself only"),
        ],
        ["verify"] =
        [
            new("verify patches", "Check every series in the folder patches"),
            new("verify --write --tree linux.git@v6.12 patches/6.12", "Generate one again from a tree"),
        ],
        ["prove"] =
        [
            new("prove /usr/src/linux-6.16", "Build and boot a user-mode kernel with the driver and its samples"),
            new("prove --all --html report.html linux-6.12 linux-7.3", "Built in, as modules and KUnit, of two trees"),
            new("prove --module --arch x86_64 linux-6.12", "Load and unload the modules under QEMU"),
            new("prove --all --with mydriver linux-6.12", "With a driver of your own: booted, loaded and unloaded, its KUnit suites"),
            new("prove --list --all linux-6.12 linux-7.3", "The commands for each tree and form, to run on many machines"),
        ],
        ["report"] =
        [
            new("report results/*.json", "One matrix of the results that prove --json wrote on any number of machines"),
            new("report patches/proofs/*.json --html matrix.html --badge badge.svg", "The same of records, as a page and a badge"),
        ],
        ["new"] =
        [
            new("new mydriver", "A TCP server on ksocket with a KUnit suite, to start from"),
        ],
        ["clean"] =
        [
            new("clean -n", "Show what the cache holds"),
            new("clean proof modules", "Delete the build folders, keep the downloads"),
        ],
        ["explain"] =
        [
            new("explain conflict", "What the error means, and what to do"),
            new("explain", "All codes"),
        ],
        ["completion"] =
        [
            new("completion bash > ~/.local/share/bash-completion/completions/ksocket-intree", "Install it for one user"),
        ],
        ["help"] =
        [
            new("help apply", "The same as ksocket-intree apply --help"),
            new("help --man apply | man -l -", "The manual page, where it is not installed"),
        ],
    };

    /// <summary>The examples of a verb; none for an unknown verb.</summary>
    public static IReadOnlyList<Example> Of(string verb) => All.GetValueOrDefault(verb) ?? [];
}

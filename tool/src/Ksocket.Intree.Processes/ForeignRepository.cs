// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Processes;

/// <summary>
/// The variables that make git use another repository than that of the current folder. A hook, rebase --exec or a user's
/// shell may have set them for a repository that is not the one to work on.
/// </summary>
public static class ForeignRepository
{
    /// <summary>
    /// The list of git rev-parse --local-env-vars without GIT_CONFIG_PARAMETERS and GIT_CONFIG_COUNT: those are settings
    /// of the user, such as safe.directory, and name no repository.
    /// </summary>
    public static IReadOnlyList<string> Variables { get; } =
    [
        "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CONFIG", "GIT_OBJECT_DIRECTORY", "GIT_DIR",
        "GIT_WORK_TREE", "GIT_IMPLICIT_WORK_TREE", "GIT_GRAFT_FILE",
        "GIT_INDEX_FILE", "GIT_NO_REPLACE_OBJECTS", "GIT_REPLACE_REF_BASE", "GIT_PREFIX",
        "GIT_INTERNAL_SUPER_PREFIX", "GIT_SHALLOW_FILE", "GIT_COMMON_DIR",
    ];
}

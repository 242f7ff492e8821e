// SPDX-License-Identifier: GPL-2.0-only
namespace Ksocket.Intree.Processes;

/// <summary>
/// The variables by which git works in another repository than the folder it was started in. Who sits in a hook, in
/// rebase --exec or in a shell that exports them has them set for a repository of their own, and none of ours is that.
/// </summary>
public static class ForeignRepository
{
    /// <summary>
    /// All that git rev-parse --local-env-vars lists, but for GIT_CONFIG_PARAMETERS and GIT_CONFIG_COUNT: those are
    /// settings of the user's, as safe.directory, and name no repository.
    /// </summary>
    public static IReadOnlyList<string> Variables { get; } =
    [
        "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CONFIG", "GIT_OBJECT_DIRECTORY", "GIT_DIR",
        "GIT_WORK_TREE", "GIT_IMPLICIT_WORK_TREE", "GIT_GRAFT_FILE",
        "GIT_INDEX_FILE", "GIT_NO_REPLACE_OBJECTS", "GIT_REPLACE_REF_BASE", "GIT_PREFIX",
        "GIT_INTERNAL_SUPER_PREFIX", "GIT_SHALLOW_FILE", "GIT_COMMON_DIR",
    ];
}

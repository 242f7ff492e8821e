// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Configure;
using Ksocket.Intree.Core;
using Ksocket.Intree.Core.Planning;
using Ksocket.Intree.Core.Trees;
using Ksocket.Intree.Files;

namespace Ksocket.Intree.Commands;

/// <summary>
/// The .config of an output folder, in which apply --config set a line. The state file names the folder, and anybody can
/// edit that file; so the lines are put back only if the user names the folder too.
/// </summary>
internal sealed record OutsideConfig(ConfigPlace Place, StateFile State)
{
    private bool IsNamed => Place.Output == State.Output;

    /// <summary>Null if remove leaves the state file, or if it names no output folder.</summary>
    public static OutsideConfig? Of(FolderTree tree, KernelTree snapshot, ImmutableArray<FileChange> changes, string? named) =>
        changes.Any(change => change.Path == StateFile.Path && change.After is null)
        && StateFile.In(snapshot) is { Output: not null, Config.Count: > 0 } state
            ? new(ConfigPlace.Of(tree, named), state)
            : null;

    public ImmutableArray<KeptLine> PutBack() => IsNamed ? TreeConfig.PutBack(Place, State) : [];

    public string? Note(bool isCheck) => IsNamed ? null
        : $"note: {State.Output}/.config has lines that apply --config set; "
            + (isCheck ? $"remove -O {ShellWord.Quote(State.Output!)} puts them back" : "kconfig drops them at the next make olddefconfig");
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Concurrent;
using Ksocket.Intree.Core.Mail;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Series;

/// <summary>
/// The sections of patches that create files. A file of the driver is the same in the series of every kernel, so a
/// caller that makes several series shares one instance, and each section is written once. Thread-safe.
/// </summary>
public sealed class CreatedFiles
{
    private readonly ConcurrentDictionary<(TreePath Path, TreeFile File), FileDiff> _sections = new();

    public FileDiff DiffOf(FileChange change) =>
        change is { Before: null, After: { } made }
            ? _sections.GetOrAdd((change.Path, made), _ => FileDiff.Of(change))
            : FileDiff.Of(change);
}

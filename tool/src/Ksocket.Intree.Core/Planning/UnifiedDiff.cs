// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Bytes;
using Ksocket.Intree.Core.Mail;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Planning;

/// <summary>Changes as one patch for git apply.</summary>
public static class UnifiedDiff
{
    public static ByteString Of(ImmutableArray<FileChange> changes) =>
        ByteString.Concat([.. changes.OrderBy(change => change.Path).Select(change => FileDiff.Of(change, withIndex: false).Bytes)]);
}

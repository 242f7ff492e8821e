// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Kbuild;

/// <summary>The blocks that are open at a line of a Kconfig file; refuses what kconfig would reject, naming the line.</summary>
internal sealed class KconfigNesting(TreePath path)
{
    private readonly Stack<(KconfigKeyword Keyword, int Line)> _open = [];

    /// <summary>Called with each statement in turn.</summary>
    public void Add(KconfigKeyword keyword, int line)
    {
        if (keyword.Opens())
        {
            _open.Push((keyword, line));
        }
        else if (keyword.Closes() is { } closes)
        {
            _ = _open.TryPeek(out var last) && last.Keyword == closes ? _open.Pop() : throw ClosesNothing(keyword, line);
        }
    }

    /// <summary>Called at the end of the file.</summary>
    public void End()
    {
        if (_open.TryPeek(out var last))
        {
            throw IntreeFailure.NotUnderstood(
                $"{path}:{last.Line}: no 'end{last.Keyword.Word()}' closes this '{last.Keyword.Word()}'",
                $"is {path} complete? mainline's ends with the line that closes its menu");
        }
    }

    private IntreeFailure ClosesNothing(KconfigKeyword keyword, int line) => IntreeFailure.NotUnderstood(
        $"{path}:{line}: this '{keyword.Word()}' closes nothing",
        _open.TryPeek(out var last)
            ? $"the block open here is the '{last.Keyword.Word()}' of line {last.Line}"
            : "every block above it is closed already");
}

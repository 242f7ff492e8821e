// SPDX-License-Identifier: GPL-2.0-only
using System.Collections.Immutable;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Core.Planning;

/// <summary>How much of the integration a tree has.</summary>
public enum PlanState
{
    /// <summary>Nothing of ours, and nothing in its place.</summary>
    Absent,

    /// <summary>All of it, byte for byte.</summary>
    Present,

    /// <summary>Some of it, and nothing else: an interrupted apply or remove.</summary>
    Partial,

    /// <summary>Ours, changed since.</summary>
    Drifted,

    /// <summary>A driver that ksocket-intree did not write: added by hand or by older instructions.</summary>
    Foreign,
}

/// <summary>How one path or line compares with what the plan wants there.</summary>
public enum Standing
{
    Absent,
    Present,

    /// <summary>Written by another release of this tool and untouched since.</summary>
    Older,

    /// <summary>A variant of ours, but for another kernel.</summary>
    WrongVariant,

    /// <summary>Ours once, changed by someone.</summary>
    Changed,

    /// <summary>Made by kbuild from our sources.</summary>
    Derived,

    /// <summary>Not ours.</summary>
    Foreign,
}

/// <summary>What a finding is about.</summary>
public enum FindingSubject
{
    /// <summary>A whole file.</summary>
    File,

    /// <summary>Wiring in a file of the kernel: a line, or its absence.</summary>
    Wiring,
}

/// <summary>What was found at one path: a file of ours, or a line of wiring.</summary>
/// <param name="Line">The line of the wiring, from 1; null for a file or if there is no wiring.</param>
public sealed record Finding(Part Part, TreePath Path, FindingSubject Subject, int? Line, Standing Standing, string Note)
{
    public bool IsFile => Subject == FindingSubject.File;

    public string Place => Line is null ? Path.ToString() : $"{Path}:{Line}";

    public static Finding OfFile(Part part, TreePath path, Standing standing, string note) =>
        new(part, path, FindingSubject.File, null, standing, note);

    public static Finding OfWiring(Part part, TreePath path, int? line, Standing standing, string note) =>
        new(part, path, FindingSubject.Wiring, line, standing, note);
}

/// <summary>The state of the integration in a tree, path by path.</summary>
public sealed record TreeStatus(PlanState State, ImmutableArray<Part> Parts, ImmutableArray<Finding> Findings)
{
    public IEnumerable<Finding> Of(params ReadOnlySpan<Standing> standings)
    {
        var wanted = standings.ToImmutableArray();
        return Findings.Where(finding => wanted.Contains(finding.Standing));
    }
}

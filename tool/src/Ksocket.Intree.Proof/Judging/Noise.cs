// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;

namespace Ksocket.Intree.Proof.Judging;

/// <summary>
/// Accepted complaints, by name: each also occurs in a kernel without ksocket. A complaint that names a ksocket function
/// is never accepted.
/// </summary>
public static partial class Noise
{
    /// <summary>A pattern for the block of the complaint, and its name in the report.</summary>
    private static readonly (Regex Sign, string Name)[] Known =
    [
        (InvalidWaitContext(), "invalid wait context at the first exec under UML (5.10)"),
        (MapleTree(), "suspicious RCU usage in maple_tree under UML (6.1)"),
        (ModuleMemory(), "kmemleak does not track the memory of modules under UML (6.1, 6.6)"),
    ];

    /// <summary>The name of an accepted complaint; null for any other.</summary>
    public static string? NameOf(Complaint complaint) => Ours().IsMatch(complaint.Block) ? null
        : Array.Find(Known, known => known.Sign.IsMatch(complaint.Block)).Name;

    [GeneratedRegex(
        @"ksocket|tcp_server|tcp_client|udp_server|udp_client"
        + @"|\bk(bind|listen|connect|accept4?|recv(from|msg)?|send(to|msg)?|shutdown|close|poll|[gs]etsockopt|getsockname|getpeername)"
        + @"(\.\w+)*\+0x")]
    private static partial Regex Ours();

    [GeneratedRegex(@"\[ BUG: Invalid wait context \][\s\S]*(execve|exec_binprm|begin_new_exec|flush_old_exec|run_init_process)")]
    private static partial Regex InvalidWaitContext();

    [GeneratedRegex(@"kmemleak: (Adding scan area to|Trying to color) unknown object[\s\S]*\bsys_finit_module\+")]
    private static partial Regex ModuleMemory();

    [GeneratedRegex(@"suspicious RCU usage[\s\S]*lib/maple_tree\.c")]
    private static partial Regex MapleTree();
}

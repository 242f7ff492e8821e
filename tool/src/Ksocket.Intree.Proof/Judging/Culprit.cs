// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;

namespace Ksocket.Intree.Proof.Judging;

/// <summary>Finds the ksocket call to examine, from a complaint or a failed command of /init.</summary>
public static partial class Culprit
{
    /// <summary>The message of user-mode Linux for a bad pointer in the kernel.</summary>
    private const string UmlFault = "Segfault with no mm";

    public static string Of(Complaint complaint)
    {
        var functions = Functions().Matches(complaint.Block).Select(match => match.Groups["name"].Value).Distinct().ToList();
        var ours = functions.Where(IsOurs).ToList();
        var kind = Kind(complaint.Line);
        if (ours.Count > 0)
        {
            var innermost = string.Join(", ", functions.Take(5));
            return $"{kind} with {ours[0]}() of the driver or its users on the stack (innermost first: {innermost})";
        }

        return functions.Count > 0 ? $"{kind} in {functions[0]}(), with no function of ksocket on the stack"
            : !complaint.Line.Contains(UmlFault, StringComparison.Ordinal) ? $"{kind}; it printed no trace"
            : $"{kind}; user-mode Linux prints no trace, --arch x86_64 does; the lines before it show what worked";
    }

    public static string OfStep(string line) => line switch
    {
        _ when line.Contains(": released", StringComparison.Ordinal) =>
            "sockets are left after all users ended: a path misses kclose(), or kclose() misses sock_release()",
        _ when line.Contains(": expect", StringComparison.Ordinal) =>
            "a sample did not print this line: its call failed or still waits; the lines before it show what worked",
        _ when line.Contains(": load", StringComparison.Ordinal) =>
            "insmod refused the module; the kernel's line before it has the reason (an unknown symbol, another vermagic)",
        _ when line.Contains(": unload", StringComparison.Ordinal) => "rmmod failed: the module is still in use",
        _ => "see the line before it in the log",
    };

    private static string Kind(string line) => line switch
    {
        _ when line.Contains(UmlFault, StringComparison.Ordinal) => "the kernel dereferenced a NULL or bad pointer",
        _ when line.Contains("KASAN", StringComparison.Ordinal) => "an invalid memory access",
        _ when line.Contains("unreferenced object", StringComparison.Ordinal) => "a memory leak",
        _ when line.Contains("lock", StringComparison.Ordinal) => "a locking error that can deadlock",
        _ when line.Contains("sleeping function", StringComparison.Ordinal) || line.Contains("atomic", StringComparison.Ordinal) =>
            "sleeping in atomic context",
        _ when line.Contains("refcount", StringComparison.Ordinal) => "a reference count error: a put too many, or a get missing",
        _ => "a fault",
    };

    private static bool IsOurs(string name) => Ours().IsMatch(name);

    /// <summary>Without suffix: gcc splits functions, and names a part of kclose() kclose.part.0.</summary>
    [GeneratedRegex(@"(?<name>[a-z_]\w+)(\.\w+)*\+0x[0-9a-f]+/0x[0-9a-f]+")]
    private static partial Regex Functions();

    [GeneratedRegex(
        @"^(k(socket\w*|bind|listen|connect|accept4?|recv\w*|send\w*|shutdown|close|poll|[gs]etsockopt|getsockname|getpeername)"
        + @"|(tcp|udp)_(server|client)\w*|inet_ntoa|inet_addr|ksocket_\w+)$")]
    private static partial Regex Ours();
}

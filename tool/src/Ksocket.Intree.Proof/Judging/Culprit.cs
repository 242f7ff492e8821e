// SPDX-License-Identifier: GPL-2.0-only
using System.Text.RegularExpressions;

namespace Ksocket.Intree.Proof.Judging;

/// <summary>Reads from a complaint or a failed step which call of ours is to be looked at.</summary>
public static partial class Culprit
{
    /// <summary>How user-mode Linux ends at a bad pointer of the kernel's own.</summary>
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
            : $"{kind}; user-mode Linux prints no trace, --arch x86_64 does; the lines before it show how far the talk came";
    }

    public static string OfStep(string line) => line switch
    {
        _ when line.Contains(": released", StringComparison.Ordinal) =>
            "sockets are left once all users are done: some path does not come to kclose(), or kclose() to sock_release()",
        _ when line.Contains(": expect", StringComparison.Ordinal) =>
            "a sample did not say its line: its call failed or still waits; the lines before it show how far the talk came",
        _ when line.Contains(": load", StringComparison.Ordinal) =>
            "insmod refused the module; the kernel's own line before it says why (an unknown symbol, another vermagic)",
        _ when line.Contains(": unload", StringComparison.Ordinal) => "rmmod was refused: something still holds the module",
        _ => "the line before it in the log says more",
    };

    private static string Kind(string line) => line switch
    {
        _ when line.Contains(UmlFault, StringComparison.Ordinal) => "the kernel followed a NULL or bad pointer",
        _ when line.Contains("KASAN", StringComparison.Ordinal) => "a bad memory access",
        _ when line.Contains("unreferenced object", StringComparison.Ordinal) => "memory that nothing points to any more",
        _ when line.Contains("lock", StringComparison.Ordinal) => "locks taken in an order that can hang",
        _ when line.Contains("sleeping function", StringComparison.Ordinal) || line.Contains("atomic", StringComparison.Ordinal) =>
            "sleeping where nothing may sleep",
        _ when line.Contains("refcount", StringComparison.Ordinal) => "one release too many, or one hold too few",
        _ => "a fault",
    };

    private static bool IsOurs(string name) => Ours().IsMatch(name);

    /// <summary>By the name in the source: gcc splits functions, and calls a half of kclose() kclose.part.0.</summary>
    [GeneratedRegex(@"(?<name>[a-z_]\w+)(\.\w+)*\+0x[0-9a-f]+/0x[0-9a-f]+")]
    private static partial Regex Functions();

    [GeneratedRegex(
        @"^(k(socket\w*|bind|listen|connect|accept4?|recv\w*|send\w*|shutdown|close|poll|[gs]etsockopt|getsockname|getpeername)"
        + @"|(tcp|udp)_(server|client)\w*|inet_ntoa|inet_addr|ksocket_\w+)$")]
    private static partial Regex Ours();
}

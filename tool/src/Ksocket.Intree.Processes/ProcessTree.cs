// SPDX-License-Identifier: GPL-2.0-only
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Ksocket.Intree.Processes;

/// <summary>Ends a child process and all its descendants.</summary>
internal static partial class ProcessTree
{
    private const int SignalKill = 9;
    private const int SignalTerminate = 15;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Sends SIGTERM to all: make then deletes its incomplete targets, and gcc its output. Those that still run after a
    /// grace period get SIGKILL. True if none had to be killed.
    /// </summary>
    public static bool End(Process process)
    {
        if (process.HasExited)
        {
            return true; // its PID may be reused by now
        }

        var members = Members(process.Id);
        members.ForEach(member => _ = Signal(member, SignalTerminate));
        var clock = Stopwatch.StartNew();
        while (members.Exists(IsAlive) && clock.Elapsed < Grace)
        {
            Thread.Sleep(20);
        }

        var left = members.Where(IsAlive).ToList();
        left.ForEach(member => _ = Signal(member, SignalKill));
        return left.Count == 0;
    }

    /// <summary>Sends SIGKILL to all.</summary>
    public static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // it has exited
        }
    }

    private static bool IsAlive(int process) => Status(process) is { State: not 'Z' };

    private static List<int> Members(int first)
    {
        var children = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName)
            .Select(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Where(number => number > 0)
            .Select(number => (number, Status(number)?.Parent)).ToLookup(pair => pair.Parent, pair => pair.number);
        var members = new List<int> { first };
        for (var at = 0; at < members.Count; at++)
        {
            members.AddRange(children[members[at]]);
        }

        return members;
    }

    /// <summary>Parses /proc/PID/stat after the name, which may contain any byte (proc_pid_stat(5)); null if it exited.</summary>
    private static (char State, int Parent)? Status(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (fields[0][0], int.Parse(fields[1], CultureInfo.InvariantCulture));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}

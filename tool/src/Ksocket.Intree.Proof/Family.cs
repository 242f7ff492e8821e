// SPDX-License-Identifier: GPL-2.0-only
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Ksocket.Intree.Proof;

/// <summary>A child process with all that it started, and how to end them.</summary>
internal static partial class Family
{
    private const int Kill = 9;
    private const int Terminate = 15;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Asks all of them to end, as a terminal does: make then takes away the targets that are half-written, and gcc its
    /// output. Who does not is killed. True if none had to be.
    /// </summary>
    public static bool End(Process process)
    {
        var members = Members(process.Id);
        members.ForEach(member => _ = Signal(member, Terminate));
        var clock = Stopwatch.StartNew();
        while (members.Exists(IsAlive) && clock.Elapsed < Grace)
        {
            Thread.Sleep(20);
        }

        var left = members.Where(IsAlive).ToList();
        left.ForEach(member => _ = Signal(member, Kill));
        return left.Count == 0;
    }

    private static bool IsAlive(int process) => Status(process) is { State: not 'Z' };

    private static List<int> Members(int first)
    {
        var children = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName)
            .Select(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).Where(number => number > 0)
            .Select(number => (number, Status(number)?.Parent)).ToLookup(pair => pair.Parent, pair => pair.number);
        var members = new List<int> { first };
        for (var at = 0; at < members.Count; at++)
        {
            members.AddRange(children[members[at]]);
        }

        return members;
    }

    /// <summary>From /proc/PID/stat, behind the name, which may hold anything (proc_pid_stat(5)); null for one that is gone.</summary>
    private static (char State, int Parent)? Status(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (fields[0][0], int.Parse(fields[1], CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}

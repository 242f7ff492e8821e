// SPDX-License-Identifier: GPL-2.0-only
using System.Diagnostics;
using System.Globalization;
using Ksocket.Intree.Processes;
using Xunit;

namespace Ksocket.Intree.Testing;

/// <summary>A program in a terminal of tmux, driven by keys. Disposing it kills the program.</summary>
public sealed class TerminalSession : IDisposable
{
    /// <summary>Ten minutes of CPU time, at 100 ticks a second: a program that loops ends the wait, too.</summary>
    private const long MostTicks = 60_000;

    private readonly string _name = "ksocket-intree-test-" + Path.GetRandomFileName().Replace('.', '-');

    /// <param name="command">For the shell.</param>
    public TerminalSession(string folder, string command) =>
        Tmux("new-session", "-d", "-s", _name, "-c", folder, "-x", "110", "-y", "40", command);

    /// <summary>
    /// Waits until the screen shows a text, and returns the screen. Fails when the program has not run for a minute: how long it
    /// takes depends on the machine.
    /// </summary>
    public string Shows(string text)
    {
        var (screen, used) = ("", 0L);
        for (var idle = 0; idle < 300; idle++)
        {
            screen = new Child("tmux", ["capture-pane", "-p", "-t", _name]).Run().Output.ToString();
            if (screen.Contains(text, StringComparison.Ordinal))
            {
                return screen;
            }

            var now = CpuTime();
            idle = now > used && now < MostTicks ? 0 : idle;
            used = Math.Max(now, used);
            Thread.Sleep(200);
        }

        Assert.Fail($"the terminal never showed '{text}':\n{screen}");
        return screen;
    }

    /// <summary>The CPU time of all processes of the terminal, in ticks; those that have ended count through their parents.</summary>
    private long CpuTime()
    {
        var session = Pane();
        // proc_pid_stat(5): after the name in parentheses, field 6 is the session, 14 to 17 the times.
        return Directory.EnumerateDirectories("/proc").Select(TryStat).OfType<string>()
            .Select(stat => stat[(stat.LastIndexOf(')') + 2)..].Split(' '))
            .Where(fields => fields[3] == session)
            .Sum(fields => fields[11..15].Sum(ticks => long.Parse(ticks, CultureInfo.InvariantCulture)));

        static string? TryStat(string folder)
        {
            try
            {
                return char.IsAsciiDigit(Path.GetFileName(folder)[0]) ? File.ReadAllText(Path.Combine(folder, "stat")) : null;
            }
            catch (IOException)
            {
                return null; // it ended meanwhile
            }
        }
    }

    private string Pane() =>
        new Child("tmux", ["display-message", "-p", "-t", _name, "#{pane_pid}"]).Run().Output.ToString().Trim();

    /// <summary>Types text.</summary>
    public void Type(string text) => Tmux("send-keys", "-t", _name, "-l", text);

    /// <summary>Presses a key, by its tmux name.</summary>
    public void Press(string key) => Tmux("send-keys", "-t", _name, key);

    public void Dispose()
    {
        // some programs, such as mconf, loop endlessly without their terminal: end them first
        if (int.TryParse(Pane(), CultureInfo.InvariantCulture, out var id))
        {
            Process.GetProcessById(id).Kill(entireProcessTree: true);
        }

        new Child("tmux", ["kill-session", "-t", _name]).Run();
    }

    private static void Tmux(params string[] words) => Run.Program("tmux", "/", words);
}

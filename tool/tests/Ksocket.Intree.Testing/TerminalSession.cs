// SPDX-License-Identifier: GPL-2.0-only
using System.Diagnostics;
using System.Globalization;
using Ksocket.Intree.Processes;
using Xunit;

namespace Ksocket.Intree.Testing;

/// <summary>A program in a terminal of tmux, driven by keys. Disposing it kills the program.</summary>
public sealed class TerminalSession : IDisposable
{
    private readonly string _name = "ksocket-intree-test-" + Path.GetRandomFileName().Replace('.', '-');

    /// <param name="command">For the shell.</param>
    public TerminalSession(string folder, string command) =>
        Tmux("new-session", "-d", "-s", _name, "-c", folder, "-x", "110", "-y", "40", command);

    /// <summary>Waits until the screen shows a text, and returns the screen.</summary>
    public string Shows(string text)
    {
        var screen = "";
        for (var tries = 0; tries < 300; tries++)
        {
            screen = new Child("tmux", ["capture-pane", "-p", "-t", _name]).Run().Output.ToString();
            if (screen.Contains(text, StringComparison.Ordinal))
            {
                return screen;
            }

            Thread.Sleep(200);
        }

        Assert.Fail($"the terminal never showed '{text}':\n{screen}");
        return screen;
    }

    /// <summary>Types text.</summary>
    public void Type(string text) => Tmux("send-keys", "-t", _name, "-l", text);

    /// <summary>Presses a key, by its tmux name.</summary>
    public void Press(string key) => Tmux("send-keys", "-t", _name, key);

    public void Dispose()
    {
        // some programs, such as mconf, loop endlessly without their terminal: end them first
        var pane = new Child("tmux", ["display-message", "-p", "-t", _name, "#{pane_pid}"]).Run();
        if (int.TryParse(pane.Output.ToString().Trim(), CultureInfo.InvariantCulture, out var id))
        {
            Process.GetProcessById(id).Kill(entireProcessTree: true);
        }

        new Child("tmux", ["kill-session", "-t", _name]).Run();
    }

    private static void Tmux(params string[] words) => Run.Program("tmux", "/", words);
}

// SPDX-License-Identifier: GPL-2.0-only
using System.Diagnostics;
using System.Globalization;
using Ksocket.Intree.Configure;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Processes;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Proof.Tests;

/// <summary>make menuconfig in a terminal, driven by keys.</summary>
public sealed class MenuconfigTests
{
    private const string Session = "ksocket-intree-test";

    [Fact]
    public void The_entry_stands_under_Device_Drivers_and_its_help_tells_what_to_answer()
    {
        Skip.Without("tmux");
        Skip.Without("flex");
        Assert.SkipUnless(File.Exists("/usr/include/curses.h"), "skipped: menuconfig needs libncurses-dev");
        var tree = RealKernels.Copy("6.12", "menuconfig");
        Assert.True(RealKernels.Intree("apply", tree).Succeeded);
        RealKernels.Make(tree, "-s", "defconfig");
        try
        {
            Tmux("new-session", "-d", "-s", Session, "-c", tree, "-x", "110", "-y", "40", "make ARCH=um menuconfig");
            Shows("Linux/um");
            Type("/");
            Shows("Enter (sub)string");
            Type("KSOCKET");
            Type("Enter");
            var found = Shows("Search Results");
            Assert.Contains("-> Device Drivers", found, StringComparison.Ordinal);
            Type("1");
            Shows($"< > {TreeConfig.Prompt(DriverSource.Bundled)}");
            Type("?");
            var help = Shows("CONFIG_KSOCKET:");
            Assert.Contains("Offers other kernel code the calls", help, StringComparison.Ordinal); // what it is
            Assert.Contains("Only drivers and modules written for these calls need it", help, StringComparison.Ordinal); // who needs it
            Assert.Contains("If unsure, say N.", help, StringComparison.Ordinal);
        }
        finally
        {
            // mconf loops endlessly without its terminal: end it first.
            var pane = new Child("tmux", ["display-message", "-p", "-t", Session, "#{pane_pid}"]).Run();
            if (int.TryParse(pane.Output.ToString().Trim(), CultureInfo.InvariantCulture, out var id))
            {
                Process.GetProcessById(id).Kill(entireProcessTree: true);
            }

            new Child("tmux", ["kill-session", "-t", Session]).Run();
            Directory.Delete(tree, recursive: true);
        }
    }

    /// <summary>Waits until the screen shows a text, and returns the screen.</summary>
    private static string Shows(string text)
    {
        var screen = "";
        for (var tries = 0; tries < 300; tries++)
        {
            screen = new Child("tmux", ["capture-pane", "-p", "-t", Session]).Run().Output.ToString();
            if (screen.Contains(text, StringComparison.Ordinal))
            {
                return screen;
            }

            Thread.Sleep(200);
        }

        Assert.Fail($"menuconfig never showed '{text}':\n{screen}");
        return screen;
    }

    private static void Type(string key) => Tmux("send-keys", "-t", Session, key);

    private static void Tmux(params string[] words) => Run.Program("tmux", "/", words);
}

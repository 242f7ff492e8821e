// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Configure;
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Testing;

namespace Ksocket.Intree.Proof.Tests;

/// <summary>make menuconfig in a terminal, driven by keys.</summary>
public sealed class MenuconfigTests
{
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
            using var terminal = new TerminalSession(tree, "make ARCH=um menuconfig");
            terminal.Shows("Linux/um");
            terminal.Type("/");
            terminal.Shows("Enter (sub)string");
            terminal.Type("KSOCKET");
            terminal.Press("Enter");
            var found = terminal.Shows("Search Results");
            Assert.Contains("-> Device Drivers", found, StringComparison.Ordinal);
            terminal.Type("1");
            terminal.Shows($"< > {TreeConfig.Prompt(DriverSource.Bundled)}");
            terminal.Type("?");
            var help = terminal.Shows("CONFIG_KSOCKET:");
            Assert.Contains("Offers other kernel code the calls", help, StringComparison.Ordinal); // what it is
            Assert.Contains("Only drivers and modules written for these calls need it", help, StringComparison.Ordinal); // who needs it
            Assert.Contains("If unsure, say N.", help, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(tree, recursive: true);
        }
    }
}

// SPDX-License-Identifier: GPL-2.0-only
using Ksocket.Intree.Core.Driver;
using Ksocket.Intree.Core.Trees;

namespace Ksocket.Intree.Testing;

/// <summary>A driver of a user as text: it depends on ksocket, and has a sample and a page.</summary>
public static class EchoDriver
{
    public const string Kconfig = """
        config ECHO
        	tristate "Echo server"
        	depends on KSOCKET
        	help
        	  Sends back what it gets.

        config ECHO_KUNIT_TEST
        	tristate "Tests of the echo server"
        	depends on ECHO && KUNIT

        """;

    /// <summary>The files of its folder.</summary>
    public static Dictionary<TreePath, TreeFile> Files { get; } = new()
    {
        ["Kconfig"] = Kconfig.File(),
        ["Makefile"] = "obj-$(CONFIG_ECHO) += echo.o\necho-y := main.o\nobj-$(CONFIG_ECHO_KUNIT_TEST) += tests/\n".File(),
        ["main.c"] = "int echo;\n".File(),
        ["tests/Makefile"] = "obj-$(CONFIG_ECHO_KUNIT_TEST) += echo_kunit.o\n".File(),
        ["tests/echo_kunit.c"] = "int echo_kunit;\n".File(),
        ["include/net/echo.h"] = "/* echo */\n".File(),
        ["samples/echo/Kconfig"] = "config SAMPLE_ECHO\n\ttristate \"Echo client\"\n\tdepends on ECHO\n".File(),
        ["samples/echo/Makefile"] = "obj-$(CONFIG_SAMPLE_ECHO) += client.o\n".File(),
        ["samples/echo/client.c"] = "int client;\n".File(),
        ["Documentation/networking/kecho.rst"] = "Echo\n====\n".File(),
        ["MAINTAINERS"] = "KSECHO SERVER\nS:\tOdd Fixes\nF:\tdrivers/echo/\n".File(),
    };

    public static DriverSource Read(IEnumerable<KeyValuePair<TreePath, TreeFile>>? files = null, TreePath? place = null) =>
        DriverFolder.Read(new LiteralTree("echo", files ?? Files), "echo", place, "echo");

    /// <summary>The driver with one file changed or added.</summary>
    public static DriverSource With(TreePath path, string text) => Read(Files.Where(file => file.Key != path)
        .Append(KeyValuePair.Create(path, text.File())));
}
